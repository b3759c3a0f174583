using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Evidence;

/// <summary>Recorded answers of all experts to some questions, for looking up.</summary>
sealed class EvidenceSet(IReadOnlyList<ProfileQuestion> questions, IReadOnlyList<EvidenceRecord> records)
{
    readonly Dictionary<(string, string), EvidenceRecord> _records = records.ToDictionary(record => (record.Id, record.Expert));

    public IReadOnlyList<ProfileQuestion> Questions => questions;

    public IReadOnlyList<string> Experts { get; } = [.. records.Select(record => record.Expert).Distinct()];

    public EvidenceRecord Of(string question, string expert) => _records[(question, expert)];

    public double Oracle(string question) => Experts.Max(expert => Of(question, expert).Score);

    public EvidenceTable Table(string source) => new(source, Experts,
    [
        .. questions.Select(question => new EvidenceRow(question.Id, [.. Experts.Select(expert => Evidence(question.Id, expert))])),
    ]);

    public OutcomeTable Outcomes(string source) => new(source, Experts,
    [
        .. questions.Select(question => new OutcomeRow(question.Id, question.Question, question.Skills,
            [.. Experts.Select(expert => (Outcome?)new Outcome(Of(question.Id, expert).Score, Of(question.Id, expert).AnswerTokens))])),
    ]);

    public AnswerEvidence? Evidence(string question, string expert) =>
        AnswerEvidence.Of(Of(question, expert).Answer.Select(token => token[0]));
}
