using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Pipeline;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary>Starts what an evaluation needs, runs it, and writes what it found.</summary>
sealed class EvalRun(OrchestratorConfig config, TimeProvider time, ILoggerFactory loggers)
{
    /// <param name="subjects">Of the experts that answer, in the order they are run in, and of all that can be loaded.</param>
    public async Task<int> RunAsync(
        EvalDataset dataset, EvalOptions options, Func<IReadOnlyList<string>, IReadOnlyList<string>, EvalSubjects> subjects,
        EvalOutput output, CancellationToken cancellationToken)
    {
        var builder = new ServiceBuilder(config, time, loggers);
        using var runtime = builder.StartRuntime();
        await using var spaces = builder.CreateSpaces(runtime);
        var learned = await builder.LoadLearnedAsync(spaces, cancellationToken);
        await using var pool = await builder.StartPoolAsync(runtime, spaces, cancellationToken);
        await using var collections = new OpenedCollections(config, time);
        await collections.CheckAsync(config.Policies.Where(policy => options.Policies.Contains(policy.Name)), cancellationToken);
        var place = JobPlaces.Of(builder.Assemble(pool, learned), collections);
        await using var jobs = JobService.Open(config.Jobs, () => place, time, loggers);
        var job = new EvalJob(options, new JobArmRunner(jobs, pool, JobFolder.Of(config.Jobs), time), time);
        var progress = new EvalProgressBar(Console.Error, rewrites: !Console.IsErrorRedirected);
        EvalResult result;
        try
        {
            result = await job.RunAsync(dataset, Usable(pool, dataset, subjects), progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            progress.End();
            Console.Error.WriteLine("Stopped. The same command goes on where it was.");
            return ExitCodes.Cancelled;
        }
        finally
        {
            progress.End();
        }

        output.Write(result);
        await job.ForgetAsync(CancellationToken.None);
        foreach (var warning in result.Facts.Warnings) Console.Error.WriteLine($"Warning: {warning}");
        Console.WriteLine(SummaryText.Write(result));
        foreach (var file in new[] { output.Result, output.Markdown, output.Html }) Console.WriteLine(file);
        return result.Facts.Arms.Any(arm => arm.Kind == ArmKind.Policy && arm.Failed == arm.Items) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    /// <summary>Experts that were refused cannot be compared with; the order takes the least loading.</summary>
    static EvalSubjects Usable(ExpertPool pool, EvalDataset dataset, Func<IReadOnlyList<string>, IReadOnlyList<string>, EvalSubjects> subjects)
    {
        var experts = pool.Snapshot();
        foreach (var expert in experts.Where(expert => !expert.IsUsable))
            Console.Error.WriteLine($"Warning: {expert.Id} is left out: {expert.Reason ?? "it needs more memory than the budget has"}");
        string[] usable = [.. experts.Where(expert => expert.IsUsable).Select(expert => expert.Id)];
        string[] answering = [.. experts.Where(expert => expert.IsRecruitable).Select(expert => expert.Id)];
        var order = pool.Order([.. answering.Select(id => WorkGroup.Of(id, dataset.Questions.Count))]);
        return subjects([.. order.Select(place => answering[place])], usable) with
        {
            Parameters = experts.Where(expert => expert.Facts is not null)
                .ToDictionary(expert => expert.Id, expert => expert.Facts!.ActiveParameters, StringComparer.Ordinal),
        };
    }
}
