namespace Orchestrator.Experts.Gguf;

/// <summary>Far above any real model; they bound what a hostile header can make the reader do.</summary>
static class GgufLimits
{
    public const long HeaderBytes = 512L << 20;
    public const int Entries = 65_536;
    public const int Tensors = 131_072;
    public const int Tokens = 4_194_304;
    public const int KeyBytes = 65_535;
    public const int StringBytes = 16 << 20;

    /// <summary>Longer arrays are skipped, not kept, but for the vocabulary: only values per layer or per expert are of use.</summary>
    public const int KeptIntegers = 1024;
    public const int KeptTexts = 1024;

    public const int TensorDimensions = 4;
}
