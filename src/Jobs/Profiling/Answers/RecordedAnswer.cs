using System.Text.Json.Serialization;

namespace Orchestrator.Jobs.Profiling.Answers;

/// <summary>One whole answer of a profiling run: a line of an answer file.</summary>
/// <param name="Id">Of the question.</param>
/// <param name="Score">0 (wrong) … 1 (right), as it was graded then.</param>
public sealed record RecordedAnswer(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Expert,
    [property: JsonRequired] string Text,
    [property: JsonRequired] double Score);
