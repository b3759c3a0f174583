using Orchestrator.Router.Evidence;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Evidence;

/// <summary>What a cascade came to on one question.</summary>
/// <param name="Asked">Experts that wrote an answer.</param>
/// <param name="Tokens">Tokens that all of them wrote.</param>
/// <param name="Kept">Tokens of the answer that was kept.</param>
sealed record CascadeResult(string Id, string Expert, double Score, double Belief, int Asked, int Tokens, int Kept, int PromptTokens)
{
    public static CascadeResult Play(Cascade cascade, IReadOnlyList<RankedExpert> ranked, string id, EvidenceSet set, int most)
    {
        var heard = new List<ExpertEvidence>();
        CascadeStep step = cascade.Next(ranked, heard, most);
        for (; !step.Done; step = cascade.Next(ranked, heard, most))
            heard.Add(new ExpertEvidence(step.Expert!, set.Evidence(id, step.Expert!)));
        EvidenceRecord[] asked = [.. heard.Select(expert => set.Of(id, expert.Expert))];
        EvidenceRecord kept = set.Of(id, step.Expert!);
        return new CascadeResult(
            id, step.Expert!, kept.Score, step.Belief, asked.Length, asked.Sum(record => record.AnswerTokens), kept.AnswerTokens,
            asked.Sum(record => record.PromptTokens));
    }
}
