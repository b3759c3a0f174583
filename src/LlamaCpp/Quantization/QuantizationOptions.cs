using System.ComponentModel.DataAnnotations;

namespace Orchestrator.LlamaCpp.Quantization;

public sealed record QuantizationOptions
{
    /// <summary>Threads that convert; 0 means as many as the runtime may use.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Replaces a target that exists; without it that is an error.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Takes a source that is quantised already. What it lost then is lost twice: better take the original.</summary>
    public bool AllowRequantize { get; init; }
}
