using Orchestrator.Router.Evidence;

namespace Orchestrator.Router.Tests.Evidence;

/// <summary>Answers that are right where the expert was sure and expected to be.</summary>
static class EvidenceSamples
{
    public static EvidenceModel Model() => EvidenceModel.Fit(
    [
        .. from text in Enumerable.Range(0, 11)
           from doubt in Enumerable.Range(0, 12)
           let least = -0.002 * Math.Pow(2, doubt)
           select new EvidenceSample(text / 10.0, new AnswerEvidence(least, least / 4), text + (10 - doubt) > 8),
    ])!;

    public static ExpertEvidence Heard(string expert, double? least) =>
        new(expert, least is { } known ? new AnswerEvidence(known, known / 4) : null);
}
