using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Pilots;

/// <summary>How a query is compared with the pilots of an expert.</summary>
public enum PilotRule
{
    /// <summary>By the mean of its cosines with all of them, as RouterRetriever's paper has it.</summary>
    Mean,

    /// <summary>By its cosine with the nearest one, as RouterRetriever's released code does.</summary>
    Nearest,
}

/// <summary>How a query finds its expert.</summary>
public sealed record PilotOptions
{
    public PilotRule Rule { get; init; } = PilotRule.Mean;

    /// <summary>
    /// Least cosine with the nearest pilot of the expert that is chosen; a query further away is embedded by the base. Null
    /// takes the library's own.
    /// </summary>
    [Range(-1.0, 1.0)]
    public double? Floor { get; init; }
}
