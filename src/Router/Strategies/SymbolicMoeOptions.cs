using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Strategies;

/// <summary>How counts of right and wrong become weights.</summary>
enum SkillScoring
{
    /// <summary>By rates, held near chance where little was measured.</summary>
    Shrunk,

    /// <summary>By counts, as the paper has it.</summary>
    Paper,
}

/// <summary>Over what an expert's share of the draws is counted before it is left out.</summary>
enum TrimScope
{
    /// <summary>Its chance to be drawn for this one question.</summary>
    Question,

    /// <summary>Its share of all that was drawn for a batch of questions, as the paper has it; one question alone is not trimmed.</summary>
    Batch,
}

/// <summary>Options of the strategy <c>symbolic-moe</c>; <c>panel</c>, the paper's k, is the policy's.</summary>
sealed record SymbolicMoeOptions
{
    public SkillScoring Scores { get; init; }

    /// <summary>n₀: questions, half of them right, that are added to each expert's counts in each skill.</summary>
    [Range(0.01, 1000.0)]
    public double Prior { get; init; } = 4;

    /// <summary>τ: competency counts to the power 1/τ; the paper's code squares it.</summary>
    [Range(0.05, 100.0)]
    public double Temperature { get; init; } = 0.5;

    /// <summary>Suitability counts to this power: 1 is the paper's, more draws the most suited more often.</summary>
    [Range(0.1, 100.0)]
    public double Focus { get; init; } = 1;

    /// <summary>δ: how much more a skill counts in which some expert is reliably right; 0 lets all count the same. For shrunk scores.</summary>
    [Range(0.0, 100.0)]
    public double Decisive { get; init; } = 8;

    /// <summary>Share of the draw below which an expert is not drawn at all.</summary>
    [Range(0.0, 1.0)]
    public double Trim { get; init; } = 0.05;

    public TrimScope TrimBy { get; init; }

    /// <summary>Whether one expert may be drawn several times into a panel, as in the paper.</summary>
    public bool Replacement { get; init; }

    public SkillSource Skills { get; init; }

    /// <summary>Cosine that a skill named in a request, or by the tagger, must have with one of the profile.</summary>
    [Range(0.0, 1.0)]
    public double Floor { get; init; } = 0.5;

    /// <summary>How many similar profiled questions tell the skills of one that names none.</summary>
    [Range(1, 1000)]
    public int Neighbours { get; init; } = 5;

    /// <summary>Another seed draws another panel for every question.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; }
}
