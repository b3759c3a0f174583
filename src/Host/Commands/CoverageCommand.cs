using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Host.Composition;
using Orchestrator.Router.Coverage;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator coverage</c>: what was profiled, who is reliable where, and how honest confidences are; no model runs.</summary>
static class CoverageCommand
{
    const int LongestQuestion = 60;

    public static Command Create()
    {
        var command = new Command("coverage", "Show what was profiled, and who is reliable where") { ConfigOption.Value };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var builder = new ServiceBuilder(ConfigOption.Read(parsed), TimeProvider.System, NullLoggerFactory.Instance);
            using var runtime = builder.NeedsRuntime ? builder.StartRuntime() : null;
            await using var spaces = builder.CreateSpaces(runtime);
            var router = await builder.LoadRouterAsync(spaces, cancellationToken);
            if (router.ReportCoverage() is not { } report)
            {
                Console.Error.WriteLine("Too few questions were profiled to tell what is covered; run orchestrator profile first.");
                return ExitCodes.Failed;
            }
            Console.WriteLine(Describe(report));
            return ExitCodes.Ok;
        });
        return command;
    }

    internal static string Describe(CoverageReport report) => string.Join(Environment.NewLine,
    [
        "region questions  best expert       reliability  at least  typical question",
        .. report.Regions.Select(region => string.Create(
            CultureInfo.InvariantCulture,
            $"{region.Region,6} {region.Questions,9}  {region.Best,-16} {region.Reliability,12:F2} {region.AtLeast,9:F2}  {Short(region.Typical)}{(region.HasSpecialist ? "" : "  (no specialist)")}")),
        "",
        string.Create(CultureInfo.InvariantCulture, $"A question at a distance above {report.NovelFrom:F1} is novel; a specialist has at least {report.Floor:F2}."),
        "",
        "policy            expected calibration error",
        .. report.Policies.Select(policy => string.Create(
            CultureInfo.InvariantCulture, $"{policy.Policy,-16} {(policy.Error is { } error ? error.ToString("F3", CultureInfo.InvariantCulture) : "not calibrated"),27}")),
    ]);

    static string Short(string question)
    {
        string line = question.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestQuestion ? line : line[..LongestQuestion] + '…';
    }
}
