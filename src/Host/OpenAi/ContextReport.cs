using System.Text.Json.Serialization;
using Orchestrator.Retrieval.Answers;

namespace Orchestrator.Host.OpenAi;

/// <summary>What was found for a question, and why it went with it or not.</summary>
/// <param name="Passages">That went with the question, the best first.</param>
sealed record ContextReport(string Collection, IReadOnlyList<PassageReport> Passages, string Reason)
{
    /// <summary>That passages turn a wrong answer into a right one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Probability { get; init; }

    /// <summary>Who embedded the question.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Embedder { get; init; }

    public static ContextReport Of(AnswerContext context) => new(
        context.Collection, [.. context.Passages.Select(passage => new PassageReport(passage.Id, passage.Similarity))], context.Reason)
    {
        Probability = context.Probability,
        Embedder = context.Expert,
    };
}

/// <param name="Id">Of the document.</param>
/// <param name="Similarity">Cosine to the question.</param>
sealed record PassageReport(string Id, double Similarity);
