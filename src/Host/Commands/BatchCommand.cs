using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator batch</c>: runs batch files without a server, and looks after the jobs that are stored.</summary>
static class BatchCommand
{
    static readonly Argument<string> Job = new("job") { Description = "Id of a job, as 'batch list' shows it" };

    public static Command Create() => new("batch", "Answer files of requests, each expert loaded about once; resumable")
    {
        BatchRunCommand.Create(), List(), Output(), Cancel(),
    };

    static Command List()
    {
        var command = new Command("list", "List the stored jobs, batches of the server too, the newest first") { ConfigOption.Value };
        command.SetAction(parsed => WithJobsAsync(parsed, jobs =>
        {
            foreach (var (job, counts) in jobs.List())
                Console.WriteLine($"{job.Id,-34} {job.State.Word(),-12} {counts.Done,7} answered {counts.Failed,6} failed {job.Total,7} in all");
            return Task.FromResult(ExitCodes.Ok);
        }));
        return command;
    }

    static Command Output()
    {
        var command = new Command("output", "Print what a job has answered so far, as lines of an output file") { Job, ConfigOption.Value };
        command.SetAction(parsed => WithJobsAsync(parsed, jobs =>
        {
            var job = Find(jobs, parsed.GetValue(Job)!);
            foreach (var answer in jobs.Answers(job.Id)) Console.WriteLine(BatchAnswers.Line(job, answer, _ => null));
            return Task.FromResult(ExitCodes.Ok);
        }));
        return command;
    }

    static Command Cancel()
    {
        var command = new Command("cancel", "Cancel a job, also one that a server is running; what is answered is kept") { Job, ConfigOption.Value };
        command.SetAction(parsed => WithJobsAsync(parsed, async jobs =>
        {
            var job = await jobs.CancelAsync(Find(jobs, parsed.GetValue(Job)!).Id);
            Console.WriteLine($"{job!.Id} is {job.State.Word()}");
            return ExitCodes.Ok;
        }));
        return command;
    }

    /// <summary>Without experts: nothing is run.</summary>
    static async Task<int> WithJobsAsync(ParseResult parsed, Func<JobService, Task<int>> act)
    {
        await using var jobs = JobService.Open(
            ConfigOption.Read(parsed).Jobs, () => throw new NotSupportedException(), TimeProvider.System, NullLoggerFactory.Instance);
        return await act(jobs);
    }

    static JobRecord Find(JobService jobs, string id) =>
        jobs.Find(id) ?? throw new JobStoreException($"There is no job '{id}'; 'batch list' shows those there are.");
}
