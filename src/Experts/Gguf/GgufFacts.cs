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
        header.FileBytes)
    {
        Width = (int)Math.Clamp(header.Integer(header.Own("embedding_length_out")) ?? header.Integer(header.Own("embedding_length")) ?? 0, 0, int.MaxValue),
        ActiveParameters = ActiveParameters(header),
        Licence = header.Text("general.license") is { Length: > 0 } licence ? licence : null,
    };

    /// <summary>Of the experts inside (<c>ffn_…_exps</c>) a token passes through <c>expert_used_count</c>.</summary>
    static long ActiveParameters(GgufHeader header)
    {
        var all = Parameters(header);
        var inside = header.Tensors.Where(t => t.Name.Contains("_exps.", StringComparison.Ordinal)).Sum(t => (double)t.Elements);
        return header.Integer(header.Own("expert_count")) is > 0 and var count
            && header.Integer(header.Own("expert_used_count")) is > 0 and var used && used < count
            ? (long)(all - (inside * (count - used) / count))
            : all;
    }

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
