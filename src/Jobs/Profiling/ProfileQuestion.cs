using System.Text.Json.Serialization;

namespace Orchestrator.Jobs.Profiling;

/// <summary>A labelled question: one line of a question file.</summary>
public sealed record ProfileQuestion
{
    [JsonRequired]
    public string Id { get; init; } = "";

    /// <summary>What the user says.</summary>
    [JsonRequired]
    public string Question { get; init; } = "";

    /// <summary>The right answer, in the form the grader wants.</summary>
    [JsonRequired]
    public string Reference { get; init; } = "";

    /// <summary>A name of <see cref="Grading.Graders"/>.</summary>
    public string Grader { get; init; } = "final";

    /// <summary>What the letters of the grader <c>choice</c> stand for, A first; the question itself shows them. May be empty.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Labels of the abilities it needs; may be empty.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Anything else that reports group by; the values are texts or numbers.</summary>
    public IReadOnlyDictionary<string, System.Text.Json.JsonElement> Tags { get; init; } =
        new Dictionary<string, System.Text.Json.JsonElement>();

    /// <summary>What the tagger said of it in this run or an earlier one; null when it was not asked. No part of a question file.</summary>
    internal IReadOnlyList<string>? Tagged { get; init; }

    /// <returns>0 (wrong) … 1 (right), as the question's own grader has it; 0 also where it cannot decide.</returns>
    public double Grade(string answer) => Grading.Graders.Decide(Grader, answer, Reference, Options).Score ?? 0;
}
