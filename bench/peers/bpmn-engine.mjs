// flow7 in bpmn-engine, in memory, parsed once: prints instances per CPU-second.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [file, seconds, folder] = process.argv.slice(2);
// The packages lie in a folder of their own, not above this file.
const require = createRequire(`${folder}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { Engine } = await load("bpmn-engine");
const Elements = await load("bpmn-elements");
const { Serializer, TypeResolver } = await load("moddle-context-serializer");
const { default: BpmnModdle } = await load("bpmn-moddle");

const parsed = await new BpmnModdle().fromXML(readFileSync(file, "utf8"));
const sourceContext = Serializer(parsed, TypeResolver(Elements));
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const begun = cpu();
let instances = 0;
let completions = 0;
while (cpu() - begun < Number(seconds)) {
  const listener = new EventEmitter();
  listener.on("activity.wait", (task) => {
    completions += 1;
    task.signal();
  });
  const engine = new Engine({ name: "flow7", sourceContext });
  const ended = new Promise((resolve, reject) => {
    engine.once("end", resolve);
    engine.once("error", reject);
  });
  await engine.execute({ listener });
  await ended;
  instances += 1;
}
const took = cpu() - begun;
if (completions !== instances * 7) throw new Error(`${completions} completions of ${instances}`);
console.log(instances / took);
