using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Evidence;

namespace Orchestrator.Host.Commands;

/// <summary>The part of <c>orchestrator profile</c> that records how sure experts are of their answers.</summary>
static class EvidenceStep
{
    /// <returns>The file to write.</returns>
    /// <exception cref="ConfigException">There is nowhere to write to.</exception>
    public static string Check(OrchestratorConfig config) => config.Router.Evidence
        ?? throw new ConfigException(["--evidence needs a file to write to: set router.evidence in the configuration."]);

    /// <exception cref="EvidenceFileException">The file that is there is not one of evidence.</exception>
    public static async Task RunAsync(
        string file, IReadOnlyList<IExpert> experts, IReadOnlyList<ProfileQuestion> questions, string source, ProfileOptions options,
        CancellationToken cancellationToken)
    {
        var earlier = File.Exists(file) ? EvidenceFile.Read(file) : EvidenceTable.Empty;
        var table = await EvidenceJob.RunAsync(experts, questions, source, earlier, options, cancellationToken);
        EvidenceFile.Write(file, table);
        Console.WriteLine($"Evidence of {table.Experts.Count} experts in {table.Rows.Count} questions written to {file}");
    }
}
