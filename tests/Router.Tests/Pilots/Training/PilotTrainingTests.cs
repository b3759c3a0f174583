using Orchestrator.Router.Pilots;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Router.Tests.Pilots.Training;

public sealed class PilotTrainingTests
{
    static readonly string[] Experts = ["base", "law", "med"];
    static readonly PilotTrainingOptions Plain = new() { Labels = PilotLabels.Query, Ties = PilotTies.First };

    static PilotSample Sample(string domain, double degrees, params double?[] scores) =>
        new(domain, [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)], scores);

    static double Degrees(Pilot pilot) => Math.Atan2(pilot.Vector[1], pilot.Vector[0]) * 180 / Math.PI;

    [Fact]
    public void Fit_TwoDomains_MakesOneCentreForEachDomainAndWinner()
    {
        PilotLibrary library = PilotTraining.Fit("s", Experts,
        [
            Sample("statutes", 0, 0.1, 0.9, 0.2), Sample("statutes", 10, 0.1, 0.8, 0.2), Sample("statutes", 60, 0.5, 0.4, 0.2),
            Sample("clinics", 90, 0.1, 0.2, 0.7), Sample("clinics", 30, 0.1, 0.6, 0.2),
        ], Plain);

        Assert.Equal("base", library.Base);
        Assert.Equal(
            [("statutes", "base", 1), ("statutes", "law", 2), ("clinics", "law", 1), ("clinics", "med", 1)],
            library.Pilots.Select(pilot => (pilot.Domain, pilot.Expert, pilot.Queries)));
        Assert.Equal(5, Degrees(library.Pilots[1]), 3);
    }

    [Fact]
    public void Fit_Ties_CountForTheBaseThenInOrderOrForNobody()
    {
        PilotSample[] samples = [Sample("d", 0, 1, 1, 0), Sample("d", 0, 0, 1, 1), Sample("d", 0, 0, 0, 1)];

        PilotLibrary first = PilotTraining.Fit("s", Experts, samples, Plain);
        PilotLibrary nobody = PilotTraining.Fit("s", Experts, samples, Plain with { Ties = PilotTies.Nobody });

        Assert.Equal(["base", "law", "med"], first.Experts);
        Assert.Equal(["med"], nobody.Experts);
    }

    [Fact]
    public void Fit_DomainLabels_GiveAWholeDomainToItsBestMean()
    {
        PilotLibrary library = PilotTraining.Fit("s", Experts,
            [Sample("d", 0, 0.5, 0.4, 0), Sample("d", 20, 0.1, 0.9, 0)], Plain with { Labels = PilotLabels.Domain });

        Pilot pilot = Assert.Single(library.Pilots);
        Assert.Equal(("law", 2), (pilot.Expert, pilot.Queries));
        Assert.Equal(10, Degrees(pilot), 3);
    }

    [Fact]
    public void Fit_Clusters_MakeAsManyCentresWithTheirQueries()
    {
        PilotLibrary library = PilotTraining.Fit("s", Experts,
            [Sample("d", 0, 0, 1, 0), Sample("d", 2, 0, 1, 0), Sample("d", 90, 0, 1, 0)], Plain with { Clusters = 2 });

        Assert.Equal([(1, 2), (90, 1)], library.Pilots.Select(pilot => ((int)Math.Round(Degrees(pilot)), pilot.Queries)).Order());
    }

    [Fact]
    public void Fit_SmallGroup_GetsNoPilot()
    {
        PilotLibrary library = PilotTraining.Fit("s", Experts,
            [Sample("d", 0, 0, 1, 0), Sample("d", 2, 0, 1, 0), Sample("d", 90, 0, 0, 1)], Plain with { LeastQueries = 2 });

        Assert.Equal(["law"], library.Experts);
    }

    [Fact]
    public void Fit_VectorOfZeros_CountsForNobody()
    {
        PilotLibrary library = PilotTraining.Fit("s", Experts, [Sample("d", 0, 0, 1, 0), new("e", [0, 0], [0, 1, 0])], Plain);

        Assert.Equal("d", Assert.Single(library.Pilots).Domain);
    }

    [Fact]
    public void Fit_Floor_IsALowQuantileOfHeldOutQueries()
    {
        PilotSample[] samples = [.. Enumerable.Range(0, 100).Select(i => Sample("d", i % 21 - 10, 0, 1, 0))];

        double strict = PilotTraining.Fit("s", Experts, samples, Plain with { FloorQuantile = 0 }).Floor!.Value;
        double loose = PilotTraining.Fit("s", Experts, samples, Plain with { FloorQuantile = 0.5 }).Floor!.Value;

        Assert.InRange(strict, Math.Cos(12 * Math.PI / 180), Math.Cos(9 * Math.PI / 180));
        Assert.InRange(loose, strict + 0.005, 1);
        Assert.Null(PilotTraining.Fit("s", Experts, samples[..3], Plain).Floor);
    }

    [Fact]
    public void Add_Expert_WinsItsQueriesAndLeavesTheVeryOthers()
    {
        PilotSample[] before = [Sample("d", 0, 0.1, 0.9), Sample("d", 10, 0.1, 0.8), Sample("d", 90, 0.3, 0.2)];
        PilotLibrary library = PilotTraining.Fit("s", Experts[..2], before, Plain);

        PilotLibrary added = PilotTraining.Add(
            library, "med", Experts, [.. before.Select((sample, i) => sample with { Scores = [.. sample.Scores, i == 1 ? 1 : 0] })], Plain);

        Assert.All(library.Pilots.Zip(added.Pilots), pair => Assert.Same(pair.First, pair.Second));
        Assert.Equal(("med", 1), (added.Pilots[^1].Expert, added.Pilots[^1].Queries));
        Assert.Equal(10, Degrees(added.Pilots[^1]), 3);
        Assert.Equal(library.Pilots.Count + 1, added.Pilots.Count);
        Assert.Equal(library.Floor, added.Floor);
    }

    [Fact]
    public void Add_ExpertThatWinsADomain_TakesItsPlaceThere()
    {
        PilotTrainingOptions domains = Plain with { Labels = PilotLabels.Domain };
        PilotSample[] samples = [Sample("d", 0, 0.1, 0.8, 0.9), Sample("d", 10, 0.1, 0.7, 0.8), Sample("e", 90, 0.3, 0.1, 0.2)];
        PilotLibrary library = PilotTraining.Fit("s", Experts[..2], [.. samples.Select(sample => sample with { Scores = [.. sample.Scores.Take(2)] })], domains);

        PilotLibrary added = PilotTraining.Add(library, "med", Experts, samples, domains);

        Assert.Equal("law", library.Route([1, 0], new PilotOptions(), Experts).Expert);
        Assert.Equal("med", added.Route([1, 0], new PilotOptions(), Experts).Expert);
        Assert.Equal("base", added.Route([0, 1], new PilotOptions(), Experts).Expert);
    }

    [Fact]
    public void Add_ExpertThatWinsNothing_GetsNoPilots()
    {
        PilotSample[] samples = [Sample("d", 0, 0.1, 0.9, 0)];
        PilotLibrary library = PilotTraining.Fit("s", Experts, samples, Plain);

        Assert.Equal(library.Pilots, PilotTraining.Add(library, "med", Experts, samples, Plain).Pilots);
    }

    [Fact]
    public void Fit_MissingScore_IsNoWin()
    {
        PilotLibrary library = PilotTraining.Fit("s", Experts, [Sample("d", 0, null, 0.2, null), Sample("d", 0, null, null, null)], Plain);

        Assert.Equal(("law", 1), (Assert.Single(library.Pilots).Expert, library.Pilots[0].Queries));
    }

    [Fact]
    public void Fit_BadInput_SaysWhat()
    {
        Assert.Throws<ArgumentException>(() => PilotTraining.Fit("s", Experts, [], Plain));
        Assert.Contains("2 scores", Assert.Throws<ArgumentException>(() => PilotTraining.Fit("s", Experts, [Sample("d", 0, 1, 1)], Plain)).Message, StringComparison.Ordinal);
    }
}
