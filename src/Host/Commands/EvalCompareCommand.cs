using System.CommandLine;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Reports;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator eval compare</c>: two results on the same questions, or two columns of one.</summary>
static class EvalCompareCommand
{
    static readonly Argument<string> First = new("a") { Description = "Result of an evaluation (result.jsonl, or its folder)" };
    static readonly Argument<string> Second = new("b") { Description = "The result to compare it with; may be the same" };
    static readonly Option<string?> ColumnA = new("--a") { Description = "Policy, expert or baseline of the first (default: its first policy)" };
    static readonly Option<string?> ColumnB = new("--b") { Description = "Policy, expert or baseline of the second (default: its first policy)" };

    public static Command Create()
    {
        var command = new Command("compare", "Compare two results question by question") { First, Second, ColumnA, ColumnB };
        command.SetAction(parsed =>
        {
            var a = ResultFile.Read(Locate(parsed.GetValue(First)!));
            var b = ResultFile.Read(Locate(parsed.GetValue(Second)!));
            Console.WriteLine(ComparisonText.Write(Comparison.Of(a, b, parsed.GetValue(ColumnA), parsed.GetValue(ColumnB))));
            return ExitCodes.Ok;
        });
        return command;
    }

    static string Locate(string path) => Directory.Exists(path) ? Path.Combine(path, "result.jsonl") : path;
}
