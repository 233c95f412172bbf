// What a browser calls itself, in words that its owner knows it by.

// The first that fits: most browsers also claim to be those below them.
const BROWSERS: [RegExp, string][] = [
  [/QQBrowser\//, "QQ浏览器"],
  [/MicroMessenger\//, "微信"],
  [/QIHU|360(SE|EE)/, "360浏览器"],
  [/Edg(e|A|iOS)?\//, "Edge浏览器"],
  [/Firefox\/|FxiOS\//, "火狐浏览器"],
  [/Chrome\/|CriOS\//, "Chrome浏览器"],
  [/Safari\//, "Safari浏览器"],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS/, "鸿蒙"],
  [/Android/, "安卓"],
  [/iPhone|iPad/, "苹果手机或平板"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "苹果电脑"],
  [/Linux/, "Linux"],
];

const name = (names: [RegExp, string][], agent: string) =>
  names.find(([pattern]) => pattern.test(agent))?.[1];

/** `Chrome浏览器，Windows`; what nobody knows stays as it calls itself. */
export function agentName(agent: string): string {
  const known = [name(BROWSERS, agent), name(SYSTEMS, agent)].filter((one) => one !== undefined);
  return known.length === 0 ? agent : known.join("，");
}
