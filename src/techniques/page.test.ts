/** @file docs/techniques.md says what the definitions say; `npx vitest run src/techniques/page.test.ts -u` writes it anew. */
import { expect, it } from "vitest";
import { describeRange, type Parameter } from "../util/index.js";
import type { Technique } from "./define.js";
import { techniques } from "./list.js";

const HEAD = `# Techniques

What arms are made of. Write \`id\` for the defaults, \`id=value\` for the first parameter, or
\`id(name=value,...)\` for any of them; \`+\` joins several, and they are applied in the order written.
A shell needs quotes around parentheses:

\`\`\`sh
holdout compare --arms 'none,l2=1e-4+dropout=0.3,elasticNet(l1=1e-5,l2=1e-4)'
\`\`\`

At its off value a technique is the baseline, bit for bit. One that could do nothing for a model, or whose setting the
recipe has already, is refused. Penalties on one kernel are added: \`l1\` and \`l2\` together are an elastic net.
\`holdout techniques\` lists them, \`holdout explain dropout\` prints one.
`;

function parameterLine([name, parameter]: [string, Parameter]): string {
  const { default: value } = parameter;
  const given = `- \`${name}\`: ${describeRange(parameter)}, default ${value}`;
  if (parameter.kind === "choice") return given;
  const off = parameter.off === undefined ? "" : `, off ${parameter.off}`;
  const { search } = parameter;
  const worth = search === undefined ? "" : `, worth searching ${search[0]} to ${search[1]}`;
  return `${given}${off}${worth}`;
}

function section({ id, title, params, what, formula, cost, helps, fails, reference }: Technique) {
  const parameters = Object.entries(params).map(parameterLine);
  return [
    `## ${title}: \`${id}\``,
    what,
    `    ${formula}`,
    ...(parameters.length > 0 ? [parameters.join("\n")] : []),
    `Costs: ${cost}`,
    `Helps: ${helps}`,
    `Fails: ${fails}`,
    `Source: ${reference}`,
  ].join("\n\n");
}

it("docs/techniques.md is what the definitions give", async () => {
  const page = `${[HEAD, ...techniques.map(section)].join("\n").replaceAll("\n## ", "\n\n## ").replaceAll("\n\n\n", "\n\n")}\n`;
  await expect(page).toMatchFileSnapshot("../../docs/techniques.md");
});
