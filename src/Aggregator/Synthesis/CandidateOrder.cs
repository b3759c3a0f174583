using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>
/// The order in which candidates are shown: drawn by the question, so that no place of the panel is favoured and the same
/// question gets the same order on every machine.
/// </summary>
static class CandidateOrder
{
    public static IReadOnlyList<T> Shuffle<T>(IReadOnlyList<T> candidates, string question) =>
    [
        .. candidates.Select((candidate, place) => (candidate, place))
            .OrderBy(entry => Draw(question, entry.place))
            .Select(entry => entry.candidate),
    ];

    static ulong Draw(string question, int place) => BinaryPrimitives.ReadUInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place}\n{question}"))));
}
