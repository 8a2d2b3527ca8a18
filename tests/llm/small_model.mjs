// A small real model behind /v1/chat/completions and /v1/models on loopback, for one long test.
//
//   node small_model.mjs NODE_MODULES WEIGHTS.gguf
//
// Prints its port once it answers. One question at a time; nothing is fetched or compiled.
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, weights] = process.argv.slice(2);
const { getLlama, LlamaChatSession } = await import(
  pathToFileURL(join(modules, "node-llama-cpp", "dist", "index.js"))
);
const llama = await getLlama({ build: "never", gpu: false, maxThreads: 1, logLevel: "error" });
const model = await llama.loadModel({ modelPath: weights });
const NAME = "smollm2-135m";

async function complete(body, response) {
  const context = await model.createContext({ contextSize: 4096, threads: 1 });
  const [system, ...rest] = body.messages;
  const session = new LlamaChatSession({
    contextSequence: context.getSequence(),
    systemPrompt: system.role === "system" ? system.content : undefined,
  });
  const event = (delta, finish) =>
    response.write(
      `data: ${JSON.stringify({
        id: "1",
        object: "chat.completion.chunk",
        created: 1,
        model: NAME,
        choices: [{ index: 0, delta, finish_reason: finish }],
      })}\n\n`,
    );
  response.writeHead(200, { "content-type": "text/event-stream" });
  await session.prompt((rest.at(-1) ?? system).content, {
    maxTokens: Math.min(body.max_tokens ?? 200, 200),
    temperature: body.temperature ?? 0,
    onTextChunk: (text) => event({ role: "assistant", content: text }, null),
  });
  event({}, "stop");
  response.end("data: [DONE]\n\n");
  await context.dispose();
}

const server = createServer((request, response) => {
  if (request.url.endsWith("/models")) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ object: "list", data: [{ id: NAME, object: "model" }] }));
    return;
  }
  let text = "";
  request.on("data", (chunk) => (text += chunk));
  request.on("end", () =>
    complete(JSON.parse(text), response).catch((error) => response.destroy(error)),
  );
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
// Ends with whoever started it.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
