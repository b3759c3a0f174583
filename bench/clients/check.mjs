// A chat, a stream and a batch by the official client. Usage: npm ci && npm run check [-- http://127.0.0.1:8080]
import OpenAI, { toFile } from "openai";

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

const lines = [1, 2, 3].map((n) => JSON.stringify({
  custom_id: `sum-${n}`, method: "POST", url: "/v1/chat/completions",
  body: { model: "auto", messages: [{ role: "user", content: `What is ${n} + 25?` }] },
}));
const batchOf = async (content) => {
  const file = await client.files.create({ file: await toFile(Buffer.from(content), "requests.jsonl"), purpose: "batch" });
  let batch = await client.batches.create({
    input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h", metadata: { from: "check" },
  });
  while (["validating", "in_progress", "finalizing"].includes(batch.status)) {
    await new Promise((resume) => setTimeout(resume, 200));
    batch = await client.batches.retrieve(batch.id);
  }
  return batch;
};

const batch = await batchOf(lines.join("\n"));
expect("batch", batch.status === "completed" && batch.request_counts.completed === 3, [batch.status, batch.request_counts]);
const output = await (await client.files.content(batch.output_file_id)).text();
const answers = output.trim().split("\n").map((line) => JSON.parse(line));
expect("batch output", answers.map((line) => line.custom_id).join() === "sum-1,sum-2,sum-3"
  && answers[1].response.body.choices[0].message.content.endsWith("Answer: 27"), answers[1].response.body.choices[0].message.content);
expect("batch metadata", batch.metadata.from === "check", batch.metadata);
const listed = [];
for await (const one of client.batches.list({ limit: 1 })) listed.push(one.id);
expect("batches listed", listed.includes(batch.id), listed.length);

const broken = await batchOf("not json");
expect("broken batch", broken.status === "failed" && broken.errors.data[0].code === "invalid_json_line", broken.errors);
const removed = await client.files.delete(batch.input_file_id);
expect("file deleted", removed.deleted, removed);
