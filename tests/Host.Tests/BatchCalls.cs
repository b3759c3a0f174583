using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Host.Tests;

/// <summary>Files and batches as a client without a library sends them.</summary>
static class BatchCalls
{
    static readonly string[] Ends = ["completed", "failed", "expired", "cancelled"];

    public static string Line(string key, string model, string question = "go", string fields = "\"max_tokens\":3") =>
        $$"""{"custom_id":"{{key}}","method":"POST","url":"/v1/chat/completions","body":{{ChatCalls.Body(model, question, fields)}}}""";

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient http, string content, string purpose = "batch", bool purposeFirst = true)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var form = new MultipartFormDataContent();
        if (purposeFirst) form.Add(new StringContent(purpose), "purpose");
        form.Add(file, "file", "requests.jsonl");
        if (!purposeFirst) form.Add(new StringContent(purpose), "purpose");
        return http.PostAsync("/v1/files", form);
    }

    /// <returns>The file's id.</returns>
    public static async Task<string> UploadedAsync(this HttpClient http, params IEnumerable<string> lines)
    {
        using var reply = await http.UploadAsync(string.Join('\n', lines));
        reply.EnsureSuccessStatusCode();
        return (await reply.ReadJsonAsync()).GetProperty("id").GetString()!;
    }

    public static Task<HttpResponseMessage> CreateBatchAsync(this HttpClient http, string file, string fields = "") => http.PostAsync(
        "/v1/batches",
        ChatCalls.Json($$"""{"input_file_id":"{{file}}","endpoint":"/v1/chat/completions","completion_window":"24h"{{fields}}}"""));

    /// <returns>The batch's id.</returns>
    public static async Task<string> CreatedAsync(this HttpClient http, params IEnumerable<string> lines)
    {
        using var reply = await http.CreateBatchAsync(await http.UploadedAsync(lines));
        reply.EnsureSuccessStatusCode();
        return (await reply.ReadJsonAsync()).GetProperty("id").GetString()!;
    }

    public static async Task<JsonElement> BatchAsync(this HttpClient http, string id) =>
        await (await http.GetAsync($"/v1/batches/{id}")).ReadJsonAsync();

    /// <summary>Polls until nothing more happens to it; fails after a minute.</summary>
    public static async Task<JsonElement> EndedAsync(this HttpClient http, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var batch = await http.BatchAsync(id);
            if (Ends.Contains(batch.Status())) return batch;
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    public static string Status(this JsonElement batch) => batch.GetProperty("status").GetString()!;

    public static (int Total, int Completed, int Failed) Counts(this JsonElement batch)
    {
        var counts = batch.GetProperty("request_counts");
        return (counts.GetProperty("total").GetInt32(), counts.GetProperty("completed").GetInt32(), counts.GetProperty("failed").GetInt32());
    }

    /// <summary>The lines of one of the batch's files; none when it has none.</summary>
    public static async Task<List<JsonElement>> LinesAsync(this HttpClient http, JsonElement batch, string file = "output_file_id")
    {
        if (batch.GetProperty(file).GetString() is not { } id) return [];
        var content = await http.GetStringAsync($"/v1/files/{id}/content");
        return [.. content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public static string Key(this JsonElement line) => line.GetProperty("custom_id").GetString()!;

    public static string Answer(this JsonElement line) => line.GetProperty("response").GetProperty("body")
        .GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
}
