using System.Text.Json;

namespace Orchestrator.Host.OpenAi;

/// <summary>JSON of clients: no duplicate names, no depth without end, no text that is not Unicode.</summary>
static class StrictJson
{
    static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is not JSON, or a string in it is not valid Unicode.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // The parser reads names itself, to compare them.
            using var document = JsonDocument.Parse(bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes, Strict);
            CheckText(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (InvalidOperationException undecodable)
        {
            throw new JsonException("a string in it is not valid Unicode.", undecodable);
        }
    }

    /// <summary>The parser leaves names and strings as they are; reading them all once finds lone surrogates and bad bytes.</summary>
    /// <exception cref="InvalidOperationException">A name or string is not valid Unicode.</exception>
    static void CheckText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) CheckText(item);
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                CheckText(property.Value);
            }
    }
}
