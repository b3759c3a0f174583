namespace Orchestrator.LlamaCpp.Quantization;

/// <summary>A file that was made, and how large it is beside its source.</summary>
public sealed record QuantizedFile(string Path, QuantizationType Type, long SourceBytes, long Bytes)
{
    public double Ratio => (double)Bytes / SourceBytes;
}
