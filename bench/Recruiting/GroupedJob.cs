using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Bench.Recruiting;

/// <summary>A whole job through the service's own runner, in a folder of its own.</summary>
static class GroupedJob
{
    public static async Task<(JobReport Report, IReadOnlyList<JobAnswer> Answers)> RunAsync(
        OrchestratorConfig config, Service service, IReadOnlyList<JobItem> items, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("orchestrator-bench-").FullName;
        try
        {
            await using var collections = new OpenedCollections(config, TimeProvider.System);
            JobWorkplace place = JobPlaces.Of(service, collections);
            await using JobService jobs = JobService.Open(
                config.Jobs with { Folder = folder }, () => place, TimeProvider.System, NullLoggerFactory.Instance);
            await jobs.SubmitAsync("bench", items, cancellationToken);
            JobReport report = await jobs.RunAsync("bench", progress: null, cancellationToken);
            return (report, [.. jobs.Answers("bench")]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
