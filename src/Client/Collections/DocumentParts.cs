using System.Buffers;
using System.Text.Json;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Collections;

/// <summary>Documents as the bodies of requests that the service takes, in their order.</summary>
static class DocumentParts
{
    /// <summary>What the service takes in one request.</summary>
    public const int MostDocuments = 1000;

    /// <summary>Half of what the service's <c>server.max_body_bytes</c> is where nobody set it.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <exception cref="ArgumentException">A document is null, or its metadata has a value that it cannot have; the message names it.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(IEnumerable<CollectionDocument> documents)
    {
        var part = new ArrayBufferWriter<byte>();
        var count = 0;
        foreach (var (index, document) in documents.Index())
        {
            var item = Item(document ?? throw new ArgumentException($"{nameof(documents)}[{index}] is null.", nameof(documents)));
            if (count == MostDocuments || (count > 0 && part.WrittenCount + item.Length + ",]}".Length > MostBytes))
            {
                yield return Ended(part);
                part = new ArrayBufferWriter<byte>();
                count = 0;
            }

            part.Write(count++ == 0 ? """{"documents":["""u8 : ","u8);
            part.Write(item);
        }

        if (count > 0) yield return Ended(part);
    }

    static byte[] Item(CollectionDocument document) => JsonSerializer.SerializeToUtf8Bytes(
        new UpsertDocument(document.Id, document.Text, Metadata.Of(document)), ClientJson.Wire.UpsertDocument);

    static ReadOnlyMemory<byte> Ended(ArrayBufferWriter<byte> part)
    {
        part.Write("]}"u8);
        return part.WrittenMemory;
    }
}
