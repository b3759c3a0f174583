using System.Text.Json;

namespace Orchestrator.Bench.Loading.Answering;

/// <summary>The server-sent events of a chat completion.</summary>
static class CompletionStream
{
    const string Data = "data: ";

    public static async Task ReadAsync(Stream stream, AnswerClock clock, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith(Data, StringComparison.Ordinal) || line is "data: [DONE]")
                continue;
            using var chunk = JsonDocument.Parse(line.AsMemory(Data.Length));
            Read(chunk.RootElement, clock);
        }
    }

    static void Read(JsonElement chunk, AnswerClock clock)
    {
        if (chunk.TryGetProperty("error", out JsonElement error))
            throw new HttpRequestException(error.ToString());
        if (chunk.TryGetProperty("choices", out JsonElement choices))
        {
            foreach (JsonElement choice in choices.EnumerateArray())
            {
                if (choice.TryGetProperty("delta", out JsonElement delta)
                    && delta.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String)
                    clock.Hear(content.GetString());
            }
        }
        if (chunk.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object)
            clock.Count(usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32());
    }
}
