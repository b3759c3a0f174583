using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Experts.Configuration;

/// <summary>What clients say of answers: how long it can be said, how much of it there may be, and how much it counts.</summary>
public sealed record FeedbackConfig
{
    /// <summary>Where verdicts are kept, with the questions they are about; null is <c>feedback.jsonl</c> in the folder of jobs.</summary>
    [FilePath]
    public string? File { get; init; }

    /// <summary>Answered requests that feedback can name; 0 takes no feedback.</summary>
    [Range(0, 1_000_000)]
    public int Remember { get; init; } = 10_000;

    /// <summary>How long an answered request can be named.</summary>
    [Duration("1s", "720h")]
    public TimeSpan RememberFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Header in which a trusted proxy tells who the client is; null goes by the client's address. Every client can write a
    /// header: name one only where a proxy sets it.
    /// </summary>
    public string? ClientHeader { get; init; }

    /// <summary>Verdicts that one client may give within <see cref="Window"/>; more is 429.</summary>
    [Range(1, 1_000_000)]
    public int PerClient { get; init; } = 100;

    [Duration("1s", "720h")]
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What a verdict counts beside a profiled outcome of the same question.</summary>
    [Range(0.0, 1.0)]
    public float Weight { get; init; } = 0.5f;

    /// <summary>All verdicts of one client together move an expected score by no more than this.</summary>
    [Range(0.0, 0.99)]
    public float MaxShare { get; init; } = 0.1f;

    /// <summary>Age at which a verdict counts half; null never forgets.</summary>
    [Duration("1m", "87600h")]
    public TimeSpan? HalfLife { get; init; }

    /// <summary>Verdicts that routing looks at; beyond them the oldest of whoever gave most goes.</summary>
    [Range(1, 1_000_000)]
    public int Rows { get; init; } = 5000;
}
