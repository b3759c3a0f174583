using System.ComponentModel.DataAnnotations;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Router.Pilots;

/// <summary>How a query finds its expert.</summary>
public sealed record PilotOptions
{
    /// <summary>How the cosines with an expert's pilots become one.</summary>
    public PilotRule Rule { get; init; } = PilotRule.Mean;

    /// <summary>
    /// Least cosine with the nearest pilot of the expert that is chosen; a query further away is embedded by the base. Null
    /// takes the library's own.
    /// </summary>
    [Range(-1.0, 1.0)]
    public double? Floor { get; init; }

    /// <summary>As the configuration has it.</summary>
    public static PilotOptions Of(RetrievalConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new PilotOptions { Rule = config.Rule, Floor = config.Floor };
    }
}
