using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Client.Connection;

/// <summary>One request, which may be sent more than once.</summary>
/// <param name="Path">From <c>/v1</c> on.</param>
/// <param name="Body">JSON; null sends none.</param>
readonly record struct ServiceCall(HttpMethod Method, string Path, ReadOnlyMemory<byte>? Body = null)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether doing it twice is something else than doing it once, as with making a collection.</summary>
    public bool Once { get; init; }

    public static ServiceCall Of<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType) =>
        new(method, path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
}
