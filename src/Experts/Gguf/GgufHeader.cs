namespace Orchestrator.Experts.Gguf;

/// <summary>One tensor's entry in the header.</summary>
/// <param name="Shape">Elements per dimension, the fastest first; all ≥ 1, and their product fits a long.</param>
/// <param name="Offset">Bytes from the start of the data section.</param>
sealed record GgufTensor(string Name, IReadOnlyList<long> Shape, uint Type, ulong Offset)
{
    public long Elements => Shape.Aggregate(1L, (product, n) => product * n);
}

/// <summary>What stands before the tensor data.</summary>
/// <param name="Metadata">
/// Scalars as long, ulong, double, bool or string; short arrays of integers as long[] and of texts as string[]; others are
/// absent.
/// </param>
/// <param name="Tokens">The vocabulary, one char a byte (Latin-1), so that any bytes compare exactly.</param>
/// <param name="DataStart">Where the tensor data begins in the file.</param>
sealed record GgufHeader(
    uint Version,
    IReadOnlyDictionary<string, object> Metadata,
    IReadOnlyList<string> Tokens,
    IReadOnlyList<GgufTensor> Tensors,
    long DataStart,
    long FileBytes)
{
    public string Architecture => Text("general.architecture") ?? "";

    public string? Text(string key) => Metadata.GetValueOrDefault(key) as string;

    /// <summary>An unsigned or signed integer; null when absent, of another type or beyond a long.</summary>
    public long? Integer(string key) => Metadata.GetValueOrDefault(key) switch
    {
        long signed => signed,
        ulong unsigned when unsigned <= long.MaxValue => (long)unsigned,
        _ => null,
    };

    public double? Number(string key) => Metadata.GetValueOrDefault(key) switch
    {
        double number => number,
        long signed => signed,
        ulong unsigned => unsigned,
        _ => null,
    };

    /// <summary>One value per layer: an array, or one integer for all layers; null when absent.</summary>
    public IReadOnlyList<long>? PerLayer(string key, int layers) =>
        Metadata.GetValueOrDefault(key) as long[] ?? (Integer(key) is { } same ? Enumerable.Repeat(same, layers).ToArray() : null);

    /// <summary>A short array of integers; null when absent or something else.</summary>
    public IReadOnlyList<long>? Integers(string key) => Metadata.GetValueOrDefault(key) as long[];

    /// <summary>A short array of texts; null when absent or something else.</summary>
    public IReadOnlyList<string>? Texts(string key) => Metadata.GetValueOrDefault(key) as string[];

    /// <summary>A key of the model's own architecture, such as <c>llama.block_count</c>.</summary>
    public string Own(string key) => $"{Architecture}.{key}";
}
