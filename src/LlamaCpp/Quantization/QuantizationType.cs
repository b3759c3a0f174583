namespace Orchestrator.LlamaCpp.Quantization;

/// <summary>
/// A way to store weights, by its usual name. Those that llama.cpp only makes with an importance matrix, which nothing
/// here computes, are left out.
/// </summary>
public sealed record QuantizationType
{
    QuantizationType(string name, int fileType)
    {
        Name = name;
        FileType = fileType;
    }

    /// <summary>Largest first.</summary>
    public static IReadOnlyList<QuantizationType> All { get; } =
    [
        new("F32", 0), new("BF16", 32), new("F16", 1), new("Q8_0", 7), new("Q6_K", 18),
        new("Q5_1", 9), new("Q5_K_M", 17), new("Q5_K_S", 16), new("Q5_0", 8),
        new("Q4_1", 3), new("Q4_K_M", 15), new("Q4_K_S", 14), new("Q4_0", 2), new("IQ4_NL", 25), new("IQ4_XS", 30),
        new("Q3_K_L", 13), new("Q3_K_M", 12), new("Q3_K_S", 11), new("Q2_K", 10),
    ];

    public string Name { get; }

    /// <summary><c>llama_ftype</c>.</summary>
    internal int FileType { get; }

    /// <summary>Null when there is no such type. Case does not matter.</summary>
    public static QuantizationType? Find(string name) =>
        All.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="QuantizationException">There is no such type; the message lists those there are.</exception>
    public static QuantizationType Parse(string name) => Find(name) ?? throw new QuantizationException(Unknown(name));

    /// <summary>What to tell a user who asked for a type that there is not.</summary>
    public static string Unknown(string name) =>
        $"'{name}' is no type to quantise to; allowed are {string.Join(", ", All.Select(type => type.Name))}.";

    public override string ToString() => Name;
}
