using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Connection;

namespace Orchestrator.Client.Chat;

/// <summary>Messages and options as a request that the service understands.</summary>
static class RequestWriting
{
    const string Path = "/v1/chat/completions";

    /// <summary>Readable in a log; the body is never part of a page.</summary>
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="NotSupportedException">Something in it has no place in a request; the message names it.</exception>
    /// <exception cref="ArgumentException">A message is null, or an additional property cannot be sent; the message names it.</exception>
    public static ServiceCall Write(IEnumerable<ChatMessage> messages, ChatOptions? options, string model, bool stream)
    {
        Unmapped.Refuse(options);
        var body = new ArrayBufferWriter<byte>(1024);
        IReadOnlyList<KeyValuePair<string, string>> headers;
        using (var json = new Utf8JsonWriter(body, Plain))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, options?.ModelId ?? model);
            json.WriteStartArray("messages"u8);
            if (options?.Instructions is { Length: > 0 } instructions) MessageWriting.WriteSystem(json, instructions);
            foreach (var (index, message) in messages.Index())
                MessageWriting.Write(json, message ?? throw new ArgumentException($"{nameof(messages)}[{index}] is null.", nameof(messages)));
            json.WriteEndArray();
            if (stream) WriteStream(json);
            if (options is not null) OptionsWriting.Write(json, options);
            headers = options is null ? [] : ExtraProperties.Write(json, options);
            json.WriteEndObject();
        }

        return new ServiceCall(HttpMethod.Post, Path, body.WrittenMemory) { Headers = headers };
    }

    static void WriteStream(Utf8JsonWriter json)
    {
        json.WriteBoolean("stream"u8, true);
        json.WriteStartObject("stream_options"u8);
        json.WriteBoolean("include_usage"u8, true);
        json.WriteEndObject();
    }
}
