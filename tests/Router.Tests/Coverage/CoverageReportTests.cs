using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Tests.Coverage;

public sealed class CoverageReportTests
{
    static readonly PolicyRouter Router = new(
        [Policy("near", "nearest"), Policy("dice", "random")], CoverageTables.Table, CoverageTables.All, coverage: CoverageTables.Options);

    [Fact]
    public void ReportCoverage_Regions_HoldEveryQuestionOnceAndTellTheirSpecialist()
    {
        CoverageReport report = Router.ReportCoverage()!;

        Assert.Equal(CoverageTables.Table.Rows.Count, report.Regions.Sum(region => region.Questions));
        Assert.All(report.Regions, region =>
        {
            bool riddle = region.Typical.StartsWith("Who walks", StringComparison.Ordinal);
            Assert.Equal(!riddle, region.HasSpecialist);
            if (!riddle)
                Assert.Equal(region.Typical.StartsWith("What is", StringComparison.Ordinal) ? "abacus" : "cipher", region.Best);
        });
    }

    [Fact]
    public void ReportCoverage_Policies_HaveAnErrorWhereTheyAreCalibrated()
    {
        CoverageReport report = Router.ReportCoverage()!;

        Assert.Equal(["near", "dice"], report.Policies.Select(policy => policy.Policy));
        Assert.InRange(report.Policies[0].Error!.Value, 0, 0.2);
        Assert.Null(report.Policies[1].Error);
    }

    [Fact]
    public void ReportCoverage_NothingProfiled_IsNull() =>
        Assert.Null(new PolicyRouter([Policy("dice", "random")], OutcomeTable.Empty, CoverageTables.All).ReportCoverage());

    [Fact]
    public void Route_ForeignQuestion_IsToldInThePlan()
    {
        RoutePlan plan = Router.Route("near", CoverageTables.Foreign, CoverageTables.All);

        Assert.Equal(CoverageVerdict.Novel, plan.Coverage!.Verdict);
        Assert.Null(plan.Confidence);
        Assert.Contains(plan.Coverage.Reason, plan.Reasons);
    }

    [Fact]
    public void Route_KnownQuestion_KeepsItsConfidence()
    {
        RoutePlan plan = Router.Route("near", CoverageTables.Sum, CoverageTables.All);

        Assert.Equal(CoverageVerdict.Covered, plan.Coverage!.Verdict);
        Assert.Equal(plan.Coverage.Claimed, plan.Confidence);
    }

    static PolicyConfig Policy(string name, string strategy) => new(name, strategy, new Dictionary<string, string>(), 1);
}
