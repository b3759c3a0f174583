using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Results;

namespace Orchestrator.Jobs.Retrieval.Reporting;

/// <summary>Whom each router chose for the queries of each collection.</summary>
static class ChoiceTable
{
    public static ReportTable Of(RetrievalResult result) => new(
        "Chosen experts", "Queries that each expert embedded.",
        ["", .. result.Corpora.Select(corpus => corpus.Name)],
        [
            .. result.Arms.Where(arm => arm.Kind == ArmKind.Informed || (arm.Kind == ArmKind.Router && arm.Name != ArmNames.Random))
                .Select(arm => (string[])[arm.Name, .. arm.Runs.Select(runs => string.Join(", ", runs.GroupBy(run => run.Expert, StringComparer.Ordinal)
                    .OrderByDescending(expert => expert.Count()).ThenBy(expert => expert.Key, StringComparer.Ordinal).Select(expert => $"{expert.Key} {expert.Count()}")))]),
        ]);
}
