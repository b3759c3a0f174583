using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Files;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator batch run</c>: answers a batch file in this process. The same command again goes on after any interruption.</summary>
static class BatchRunCommand
{
    static readonly Argument<string> Input = new("file") { Description = "Requests, JSON Lines as OpenAI's batches have them" };

    static readonly Option<string?> Out = new("--out", "-o") { Description = "Answers (default: FILE with .out.jsonl)" };

    static readonly Option<string?> Errors = new("--errors") { Description = "Requests that failed (default: FILE with .errors.jsonl)" };

    static readonly Option<string?> Name = new("--job")
    {
        Description = "Name of the job, by which it is resumed (default: made of the file's content and the configured experts)",
    };

    static readonly Option<bool> Fresh = new("--fresh") { Description = "Forget what an earlier run answered" };

    public static Command Create()
    {
        var command = new Command("run", "Answer a batch file; the same command again goes on where it was interrupted")
        {
            Input, Out, Errors, Name, Fresh, ConfigOption.Value,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var input = parsed.GetValue(Input)!;
            var plain = Path.ChangeExtension(input, null);
            var config = ConfigOption.Read(parsed);
            var fresh = parsed.GetValue(Fresh);
            var name = BatchRunName.Checked(parsed.GetValue(Name) ?? BatchRunName.Of(input, config), fresh);
            var files = new BatchRunFiles(
                input, parsed.GetValue(Out) ?? $"{plain}.out.jsonl", parsed.GetValue(Errors) ?? $"{plain}.errors.jsonl");
            files.Check();
            using var interruption = new Interruption(cancellationToken);
            return await RunAsync(config, name, files, fresh, interruption.Token);
        });
        return command;
    }

    static async Task<int> RunAsync(
        OrchestratorConfig config, string job, BatchRunFiles files, bool fresh, CancellationToken cancellationToken)
    {
        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
        using var runtime = builder.StartRuntime();
        await using var spaces = builder.CreateSpaces(runtime);
        var learned = await builder.LoadLearnedAsync(spaces, cancellationToken);
        await using var pool = await builder.StartPoolAsync(runtime, spaces, cancellationToken);
        await using var collections = new OpenedCollections(config, TimeProvider.System);
        var place = JobPlaces.Of(builder.Assemble(pool, learned), collections);
        var format = BatchLines.Format(() => place);
        if (await ReadAsync(config, format, files.Input, cancellationToken) is not { } items) return ExitCodes.BadInput;

        var asked = items.Select(item => item.Model).ToHashSet(StringComparer.Ordinal);
        await collections.CheckAsync(config.Policies.Where(policy => asked.Contains(policy.Name)), cancellationToken);
        await using var jobs = JobService.Open(config.Jobs, () => place, TimeProvider.System, NullLoggerFactory.Instance);
        if (fresh) await jobs.DeleteAsync(job);
        await jobs.SubmitAsync(job, items, cancellationToken);
        var line = new JobProgressLine(Console.Error, rewrites: !Console.IsErrorRedirected);
        try
        {
            var report = await jobs.RunAsync(job, line, cancellationToken);
            line.End();
            if (await files.WriteAsync(jobs, job, format) is { } left) Console.Error.WriteLine(left);
            Console.WriteLine(BatchRunReport.Of(report, files));
            return report.Failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (OperationCanceledException ended)
        {
            line.End();
            await files.WriteAsync(jobs, job, format);
            var why = ended is JobCancelledException ? ended.Message : "Stopped.";
            Console.Error.WriteLine($"{why} What is answered so far is in {files.Output}; the same command goes on with the rest.");
            return ExitCodes.Cancelled;
        }
    }

    /// <returns>Null when something is wrong with the file, all of which is told.</returns>
    static async Task<List<JobItem>?> ReadAsync(
        OrchestratorConfig config, BatchFormat format, string input, CancellationToken cancellationToken)
    {
        var items = new List<JobItem>();
        await using var file = File.OpenRead(input);
        var (_, problems) = await new BatchReading(format, (int)Math.Min(int.MaxValue / 2, config.Server.MaxBodyBytes), config.Jobs.MaxItems)
            .ReadAsync(file, (_, page) => { items.AddRange(page); return Task.CompletedTask; }, cancellationToken);
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync($"{input}{(problem.Line is { } line ? $":{line}" : "")}: {problem.Code}: {problem.Message}");
        return problems.Count == 0 ? items : null;
    }
}
