using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Host.Tests;

/// <summary>Requests as a client without a library sends them.</summary>
static class ChatCalls
{
    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static string Body(string model, string question, string fields = "") =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":{{JsonSerializer.Serialize(question)}}}]{{(fields.Length > 0 ? "," : "")}}{{fields}}}""";

    public static Task<HttpResponseMessage> ChatAsync(this HttpClient http, string model, string question, string fields = "") =>
        http.PostAsync("/v1/chat/completions", Json(Body(model, question, fields)));

    /// <summary>Begins a stream and returns with the headers.</summary>
    public static async Task<HttpResponseMessage> OpenAsync(this HttpClient http, string model, string fields = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = Json(Body(model, "go", "\"stream\":true" + (fields.Length > 0 ? "," : "") + fields)),
        };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<string> ReadAnswerAsync(this HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return (await response.ReadJsonAsync()).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    /// <summary>The payloads of all events, <c>[DONE]</c> included.</summary>
    public static async Task<List<string>> ReadEventsAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line["data: ".Length..])];
    }

    public static string TextOf(IEnumerable<string> events) => string.Concat(events
        .Where(json => json != "[DONE]")
        .Select(json => JsonDocument.Parse(json).RootElement.GetProperty("choices"))
        .Where(choices => choices.GetArrayLength() > 0)
        .Select(choices => choices[0].GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : ""));

    public static async Task<JsonElement> ReadErrorAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {body}");
        Assert.True(response.Headers.Contains("x-request-id"));
        return JsonDocument.Parse(body).RootElement.GetProperty("error");
    }
}
