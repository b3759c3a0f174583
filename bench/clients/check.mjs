// A chat and a stream by the official client. Usage: npm ci && npm run check [-- http://127.0.0.1:8080]
import OpenAI from "openai";

const baseURL = `${process.argv[2] ?? "http://127.0.0.1:8080"}/v1`;
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const messages = [{ role: "user", content: "What is 17 + 25?" }];

function expect(name, holds, seen) {
  console.log(`${holds ? "ok  " : "FAIL"} ${name}: ${JSON.stringify(seen)}`);
  if (!holds) process.exitCode = 1;
}

const models = (await client.models.list()).data.map((model) => model.id);
expect("models", models.includes("auto"), models);

const { data: chat, response } = await client.chat.completions.create({ model: "auto", messages }).withResponse();
const answer = chat.choices[0].message.content;
expect("chat", answer.endsWith("Answer: 42"), answer);
expect("finish reason", chat.choices[0].finish_reason === "stop", chat.choices[0].finish_reason);
expect("usage", chat.usage.total_tokens > 0, chat.usage);
expect("expert header", response.headers.get("x-orchestrator-expert") === chat.model, chat.model);

let streamed = "";
let usage = null;
const stream = await client.chat.completions.create({
  model: "auto", messages, stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  streamed += chunk.choices[0]?.delta?.content ?? "";
  usage = chunk.usage ?? usage;
}
expect("stream", streamed === answer, streamed);
expect("streamed usage", usage?.total_tokens === chat.usage.total_tokens, usage);

const refused = await client.chat.completions.create({ model: "nobody", messages }).catch((error) => error);
expect("unknown model", refused instanceof OpenAI.NotFoundError && refused.code === "model_not_found", refused.message);
