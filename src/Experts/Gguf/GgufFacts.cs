namespace Orchestrator.Experts.Gguf;

/// <summary>Reads from a header what users want to know of a model.</summary>
static class GgufFacts
{
    public static ExpertFacts From(GgufHeader header) => new(
        header.Architecture,
        Parameters(header),
        FileType(header),
        (int)Math.Clamp(header.Integer(header.Own("context_length")) ?? 0, 0, int.MaxValue),
        header.Tokens.Count,
        header.FileBytes);

    /// <summary>Saturates: the shapes of a damaged file may add up to anything.</summary>
    static long Parameters(GgufHeader header) =>
        (long)header.Tensors.Aggregate(UInt128.Zero, (sum, t) => UInt128.Min(sum + (ulong)t.Elements, long.MaxValue));

    /// <summary>The file's own statement, otherwise the type that holds most of the weights.</summary>
    static string FileType(GgufHeader header) =>
        (header.Integer("general.file_type") is { } stated ? GgufTypes.FileTypeName(stated) : null)
        ?? header.Tensors.GroupBy(t => t.Type)
            .OrderByDescending(g => g.Sum(t => (double)t.Elements))
            .Select(g => GgufTypes.Name(g.Key))
            .FirstOrDefault("unknown");
}
