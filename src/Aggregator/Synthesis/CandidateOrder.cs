using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>
/// The order in which candidates are shown: drawn by the question, so that no place of the panel is favoured and the same
/// question gets the same order on every machine.
/// </summary>
public static class CandidateOrder
{
    /// <param name="key">The same key gives the same order.</param>
    public static IReadOnlyList<T> Shuffle<T>(IReadOnlyList<T> candidates, string key) =>
    [
        .. candidates.Select((candidate, place) => (candidate, place))
            .OrderBy(entry => Draw(key, entry.place))
            .Select(entry => entry.candidate),
    ];

    static ulong Draw(string key, int place) => BinaryPrimitives.ReadUInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place}\n{key}"))));
}
