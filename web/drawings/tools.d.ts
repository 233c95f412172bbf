// What is used of the two tools, which bring no types for it.

declare module "bpmn-moddle" {
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: object; warnings: { message: string }[] }>;
  }
}

declare module "bpmnlint" {
  export class Linter {
    constructor(options: { config: { extends: string }; resolver: object });
    lint(rootElement: object): Promise<Record<string, { id?: string; message: string }[]>>;
  }
}

declare module "bpmnlint/lib/resolver/node-resolver.js" {
  const NodeResolver: new (options: { require: NodeJS.Require }) => object;
  export default NodeResolver;
}
