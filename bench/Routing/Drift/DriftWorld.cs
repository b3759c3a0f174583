using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Routing.Drift;

/// <summary>Recorded outcomes as a profile and a stream of other questions, in which two experts change places after a while.</summary>
sealed class DriftWorld
{
    public const string Policy = "drift";

    /// <summary>Questions that are profiled; the others are asked.</summary>
    const int Profiled = 500;

    /// <summary>Request from which on the two answer as the other did.</summary>
    public const int Shift = 300;

    const int Panel = 3;

    public DriftWorld(OutcomeTable table, string strategy, int seed)
    {
        OutcomeRow[] rows = [.. table.Rows];
        new Random(seed).Shuffle(rows);
        Experts = table.Experts.ToHashSet(StringComparer.Ordinal);
        Table = table;
        Stream = [.. rows.Skip(Profiled)];
        Router = RouterOf(rows.Take(Profiled));
        // Whom it hurts most: those that are chosen most before the shift.
        string[] busiest =
        [
            .. Stream.Take(Shift).Select(row => Router.Route(Policy, row.Question, Experts).Primary)
                .CountBy(expert => expert).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(2).Select(pair => pair.Key),
        ];
        Swapped = (busiest[0], busiest[1]);
        Reprofiled = RouterOf(rows.Take(Profiled).Select(Changed));

        PolicyRouter RouterOf(IEnumerable<OutcomeRow> profile) => new(
            [new PolicyConfig(Policy, strategy, new Dictionary<string, string>(), 0) { Panel = Panel }],
            new OutcomeTable(table.Source, table.Experts, [.. profile]), Experts);
    }

    public OutcomeTable Table { get; }

    public IReadOnlySet<string> Experts { get; }

    public IReadOnlyList<OutcomeRow> Stream { get; }

    /// <summary>Knows the experts as they were before.</summary>
    public PolicyRouter Router { get; }

    /// <summary>Knows them as they are afterwards: what a new profile would reach.</summary>
    public PolicyRouter Reprofiled { get; }

    public (string One, string Other) Swapped { get; }

    /// <returns>What the expert scores on the question of this request.</returns>
    public double Score(int request, string expert)
    {
        OutcomeRow row = request < Shift ? Stream[request] : Changed(Stream[request]);
        return row.Outcomes[Table.ColumnOf(expert)]!.Value.Score;
    }

    OutcomeRow Changed(OutcomeRow row)
    {
        Outcome?[] outcomes = [.. row.Outcomes];
        int one = Table.ColumnOf(Swapped.One), other = Table.ColumnOf(Swapped.Other);
        (outcomes[one], outcomes[other]) = (outcomes[other], outcomes[one]);
        return row with { Outcomes = outcomes };
    }
}
