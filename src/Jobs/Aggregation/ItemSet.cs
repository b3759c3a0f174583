using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>What the candidates were tested on.</summary>
/// <param name="Fingerprint">The same for the same prompts, references and graders; anything else is another test.</param>
/// <param name="Experts">Whose answers the items are made of.</param>
public sealed record ItemSet(
    [property: JsonRequired] int Count,
    [property: JsonRequired] string Fingerprint,
    [property: JsonRequired] IReadOnlyList<string> Experts)
{
    internal static ItemSet Of(IReadOnlyList<AggregationItem> items) => new(
        items.Count,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', items.SelectMany(Parts))))),
        [
            .. items.SelectMany(item => new[] { item.Right, item.Wrong, item.OtherWrong })
                .Select(answer => answer.Expert).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ]);

    /// <summary>Both prompts, so that a change of their wording or of the order of candidates is a change of the test.</summary>
    static IEnumerable<string> Parts(AggregationItem item)
    {
        var panel = item.Panel(maxTokens: 1);
        int length = new SynthesisOptions().CandidateLength;
        yield return Synthesiser.Ask(panel, ExpertPurpose.Answer, length).Messages[0].Content;
        yield return Synthesiser.Ask(panel, ExpertPurpose.Aggregate, length).Messages[0].Content;
        yield return item.Question.Grader;
        yield return item.Question.Reference;
        foreach (string option in item.Question.Options)
            yield return option;
    }
}
