using System.CommandLine;

namespace Orchestrator.Bench.Scheduling;

/// <summary><c>scheduling</c>: what decisions cost, without any model.</summary>
static class SchedulingCommand
{
    static readonly Option<int> Experts = new("--experts") { DefaultValueFactory = _ => 1000 };
    static readonly Option<int> Queued = new("--queued") { DefaultValueFactory = _ => 100_000 };
    static readonly Option<int> Events = new("--events") { DefaultValueFactory = _ => 120_000 };
    static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("scheduling", "Time of the scheduler's decisions, quality of planned orders") { Experts, Queued, Events, Seed, Out };
        command.SetAction(Run);
        return command;
    }

    static void Run(ParseResult parsed)
    {
        var time = TimeProvider.System;
        var seed = parsed.GetValue(Seed);
        var decisions = DecisionTimes.ToMarkdown(
            parsed.GetValue(Experts), parsed.GetValue(Queued), parsed.GetValue(Events), seed, time);
        Report.Write($"{Machine.Describe(time)}\n\n{decisions}\n{LookaheadQuality.ToMarkdown(seed, time)}\n", parsed.GetValue(Out));
    }
}
