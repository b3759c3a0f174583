namespace Orchestrator.Experts.Configuration;

/// <summary>One routing policy as configured: a name clients send as <c>model</c>, and the strategy behind it.</summary>
/// <param name="Options">The strategy's options as written; the router binds and checks them.</param>
/// <param name="Line">Where it stands in the configuration file, for error messages.</param>
public sealed record PolicyConfig(string Name, string Strategy, IReadOnlyDictionary<string, string> Options, int Line)
{
    /// <summary>One sentence on what it is for, told to clients; empty where nobody wrote one.</summary>
    public string Description { get; init; } = "";

    /// <summary>0…1: how much expected quality counts against the time until the expert can begin; 1 ignores that time.</summary>
    public double QualityWeight { get; init; } = 1;

    /// <summary>Experts asked for each request: the best ranked, or as many as a strategy draws.</summary>
    public int Panel { get; init; } = 1;

    /// <summary>What merges the panel's answers: <c>first</c>, the primary's alone, or another of the aggregators.</summary>
    public string Aggregator { get; init; } = "first";

    /// <summary>
    /// Experts that one question may be asked of, one after the other, while no answer is believed by its own
    /// probabilities; 1 believes the first. For a panel of one.
    /// </summary>
    public int Evidence { get; init; } = 1;

    /// <summary>Time from the question after which nobody else is asked for more evidence.</summary>
    public TimeSpan EvidenceWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The expert that merges, for aggregators that need one; null is the one that proved best at it.</summary>
    public string? AggregatorExpert { get; init; }

    /// <summary>Who answers where nothing that was profiled supports the choice.</summary>
    public AbstainTo Abstain { get; init; }

    /// <summary>The expert that answers then; null unless <see cref="Abstain"/> names it.</summary>
    public string? Generalist { get; init; }

    /// <summary>Experts asked then, where <see cref="Abstain"/> widens the panel.</summary>
    public int AbstainPanel { get; init; } = 3;

    /// <summary>0…1: a confidence below it is a cause as well; 0 leaves it to coverage.</summary>
    public double AbstainBelow { get; init; }

    /// <summary>The collection whose passages may go with its questions; null where answers rest on the experts alone.</summary>
    public PassagesConfig? Context { get; init; }

    /// <summary>A sentence on how the policy came to be what it is, for those who ask why; not of the file.</summary>
    public string? Note { get; init; }
}

/// <summary>Who answers where nothing that was profiled supports the choice of an expert.</summary>
public enum AbstainTo
{
    /// <summary>The chosen one all the same, without a confidence.</summary>
    None,

    /// <summary>The policy's generalist.</summary>
    Generalist,

    /// <summary>More experts than usual.</summary>
    Panel,
}
