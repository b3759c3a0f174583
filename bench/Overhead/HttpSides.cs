using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client;

namespace Orchestrator.Bench.Overhead;

/// <summary>The least that a program can do with an HTTP client, beside the chat client.</summary>
sealed class HttpSides(Uri address, string model, string question, int tokens) : IDisposable
{
    readonly HttpClient _http = new() { BaseAddress = address };
    readonly OrchestratorChatClient _client = new(new OrchestratorClientOptions { Endpoint = address }, model);
    readonly byte[] _whole = Body(model, question, tokens, stream: false);
    readonly byte[] _streamed = Body(model, question, tokens, stream: true);
    readonly ChatOptions _options = new() { MaxOutputTokens = tokens };

    public IReadOnlyList<Side> Whole => [new("raw HttpClient", RawAsync), new("OrchestratorChatClient", ClientAsync)];

    public IReadOnlyList<Side> Streamed => [new("raw HttpClient", RawStreamAsync), new("OrchestratorChatClient", ClientStreamAsync)];

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    async Task<string> RawAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage reply = await SendAsync(_whole, cancellationToken);
        using JsonDocument json = await JsonDocument.ParseAsync(await reply.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        return json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    async Task<string> RawStreamAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage reply = await SendAsync(_streamed, cancellationToken);
        using var lines = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellationToken));
        var text = new StringBuilder();
        while (await lines.ReadLineAsync(cancellationToken) is { } line && line != "data: [DONE]")
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            using JsonDocument json = JsonDocument.Parse(line.AsMemory("data: ".Length));
            if (json.RootElement.GetProperty("choices") is { } choices && choices.GetArrayLength() > 0
                && choices[0].GetProperty("delta").TryGetProperty("content", out JsonElement piece))
                text.Append(piece.GetString());
        }
        return text.ToString();
    }

    async Task<string> ClientAsync(CancellationToken cancellationToken) =>
        (await _client.GetResponseAsync(question, _options, cancellationToken)).Text;

    Task<string> ClientStreamAsync(CancellationToken cancellationToken) => ReadAsync(_client, question, _options, cancellationToken);

    /// <summary>A streamed answer of any client.</summary>
    public static async Task<string> ReadAsync(IChatClient client, string question, ChatOptions options, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(question, options, cancellationToken))
            text.Append(update.Text);
        return text.ToString();
    }

    async Task<HttpResponseMessage> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        HttpResponseMessage reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return reply.EnsureSuccessStatusCode();
    }

    /// <summary>What the client sends too: usage comes with a stream only when asked for.</summary>
    static byte[] Body(string model, string question, int tokens, bool stream) => Encoding.UTF8.GetBytes(
        $$"""
        {"model":"{{model}}","messages":[{"role":"user","content":"{{question}}"}],"max_completion_tokens":{{tokens}}{{(
            stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "")}}}
        """);
}
