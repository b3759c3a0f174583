using Orchestrator.Router.Routing;
using Orchestrator.Router.Strategies;
using Orchestrator.Router.Tests.Skills;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class SymbolicMoeStrategyTests
{
    static readonly Profile Worked = Profiles.Of(SkillTables.Worked);

    /// <summary>The shares are those of the paper's worked example; the chances are (n⁺ + 5/2) / (10 + 5).</summary>
    [Fact]
    public void Rank_GivenSkill_TellsEveryStep()
    {
        Ranking ranking = Rank("?", new SymbolicMoeOptions { Scores = SkillScoring.Paper, Prior = 5 }, 3, skills: ["Algebra"]);

        Assert.Equal(["alg", "gen", "bad"], ranking.Ranked.Select(expert => expert.Expert));
        Assert.Equal([0.767, 0.633, 0.3], ranking.Ranked.Select(expert => Math.Round(expert.Score, 3)));
        Assert.Equal(["alg", "gen"], ranking.Panel!.Order());
        Assert.Equal(11.5 / 15, ranking.Confidence, 12);
        Assert.Equal(
            "alg is expected to score 0.77 on algebra, by 10 profiled questions, the best of the 2 drawn.", ranking.Reasons[0]);
        Assert.Equal("Skills as given: algebra.", ranking.Reasons[1]);
        Assert.Matches(
            @"^Drawn in this order from 2 of 3 experts by their shares of suitability × competency " +
            @"\(the paper's scores, temperature 0\.5, focus 1, seed 0\): (alg \(0\.61\), gen \(0\.39\)|gen \(0\.39\), alg \(0\.61\))\.$",
            ranking.Reasons[2]);
        Assert.Equal("The panel has 2 instead of 3: nobody else can be drawn.", ranking.Reasons[3]);
    }

    [Theory]
    [InlineData("Solve the equation 12x = 7 for x.", "alg", "algebra")]
    [InlineData("Which organ of a frog is number 9?", "gen", "biology")]
    public void Rank_NoSkillGiven_TakesThoseOfSimilarQuestions(string question, string best, string skill)
    {
        Ranking ranking = Rank(question, new SymbolicMoeOptions(), 3);

        Assert.Equal(best, ranking.Ranked[0].Expert);
        Assert.Equal($"Skills that recur in the 5 nearest profiled questions: {skill} (5).", ranking.Reasons[1]);
    }

    [Fact]
    public void Rank_PanelOfOne_IsDrawnInProportion()
    {
        var options = new SymbolicMoeOptions { Scores = SkillScoring.Paper };

        int alg = Enumerable.Range(0, 1000).Count(i => Rank($"{i}", options, 1, skills: ["algebra"]).Panel!.Single() == "alg");

        Assert.InRange(alg, 560, 660);
    }

    [Fact]
    public void Rank_NobodyMoreOftenRight_DrawsFromTheLeastWrong()
    {
        Ranking ranking = Rank("?", new SymbolicMoeOptions { Trim = 0 }, 2, ["alg", "bad"], ["biology"]);

        Assert.Equal(["alg", "bad"], ranking.Panel!.Order());
        Assert.Contains("Nobody was right more often than wrong on these skills, so the least wrong were drawn from.", ranking.Reasons);
    }

    [Theory]
    [InlineData("alg")]
    [InlineData("bad")]
    public void Rank_OneExpert_IsThePanel(string only)
    {
        foreach (string skill in (string[])["algebra", "biology", "juggling"])
            Assert.Equal([only], Rank("?", new SymbolicMoeOptions(), 3, [only], [skill]).Panel!);
    }

    [Fact]
    public void Rank_PanelLargerThanThePool_IsThePool() =>
        Assert.Equal(["alg", "bad"], Rank("?", new SymbolicMoeOptions { Trim = 0 }, 16, ["alg", "bad"], ["biology"]).Panel!.Order());

    [Fact]
    public void Rank_ExpertNotAvailable_IsNeverNamed()
    {
        for (int i = 0; i < 50; i++)
        {
            Ranking ranking = Rank($"Solve the equation {i}x = 9 for x.", new SymbolicMoeOptions(), 3, ["gen", "bad"]);

            Assert.DoesNotContain("alg", ranking.Panel!);
            Assert.DoesNotContain("alg", ranking.Ranked.Select(expert => expert.Expert));
            Assert.DoesNotContain(ranking.Reasons, reason => reason.Contains("alg ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Rank_SameQuestionAndSeed_IsTheSamePlan()
    {
        Ranking first = Rank("?", new SymbolicMoeOptions { Seed = 7 }, 2);
        Ranking again = Rank("?", new SymbolicMoeOptions { Seed = 7 }, 2);

        Assert.Equal(first.Panel!, again.Panel!);
        Assert.Equal(first.Reasons, again.Reasons);
    }

    [Fact]
    public void Rank_OtherSeed_DrawsOtherwise() =>
        Assert.Contains(Enumerable.Range(0, 50), i =>
            !Rank($"{i}", new SymbolicMoeOptions(), 1, skills: ["algebra"]).Panel!
                .SequenceEqual(Rank($"{i}", new SymbolicMoeOptions { Seed = 1 }, 1, skills: ["algebra"]).Panel!));

    [Fact]
    public void Rank_Replacement_MayDrawOneExpertSeveralTimesAndSaysSo()
    {
        var options = new SymbolicMoeOptions { Scores = SkillScoring.Paper, Replacement = true };
        Ranking[] rankings = [.. Enumerable.Range(0, 1000).Select(i => Rank($"{i}", options, 3, skills: ["algebra"]))];

        Assert.All(rankings, ranking => Assert.Equal(3, ranking.Panel!.Count));
        // All three alg: 0.609³ = 0.226.
        Assert.InRange(rankings.Count(ranking => ranking.Panel!.All(expert => expert == "alg")), 180, 275);
        Assert.Contains(", with replacement)", rankings[0].Reasons[2], StringComparison.Ordinal);
        Assert.Equal(rankings[7].Panel!, Rank("7", options, 3, skills: ["algebra"]).Panel!);
    }

    [Fact]
    public void Rank_TrimByBatch_TrimsNoSingleQuestion()
    {
        var options = new SymbolicMoeOptions { Trim = 1, TrimBy = TrimScope.Batch };

        Assert.Equal(["alg", "gen"], Rank("?", options, 2, skills: ["algebra"]).Panel!.Order());
    }

    [Fact]
    public void RankAll_ExpertRarelyDrawn_IsDroppedAndDrawnAgain()
    {
        var options = new SymbolicMoeOptions { Scores = SkillScoring.Paper, TrimBy = TrimScope.Batch, Trim = 0.45 };
        ProfiledQuestion[] questions = [.. Enumerable.Range(0, 200).Select(i => Worked.Features(new RouteQuestion($"{i}") { Skills = ["algebra"] }))];

        IReadOnlyList<Ranking> rankings = new SymbolicMoeStrategy(Worked, options, 1).RankAll(questions, SkillTables.All);

        Assert.All(rankings, ranking => Assert.Equal(["alg"], ranking.Panel!));
        Assert.Contains(rankings, ranking => ranking.Reasons.Contains("Drawn again without gen: under 45% of the draws of the batch."));
        Assert.Contains(rankings, ranking => !ranking.Reasons.Any(reason => reason.StartsWith("Drawn again", StringComparison.Ordinal)));
        Assert.All(rankings, ranking => Assert.Equal(3, ranking.Ranked.Count));
    }

    [Fact]
    public void RankAll_OnlyDroppedExpertsSuit_KeepsTheDraw()
    {
        var options = new SymbolicMoeOptions { Scores = SkillScoring.Paper, TrimBy = TrimScope.Batch, Trim = 0.2 };
        // Gen alone is more often right than wrong in biology, and is drawn for one question of ten.
        ProfiledQuestion[] questions =
        [
            .. Enumerable.Range(0, 9).Select(_ => Worked.Features(new RouteQuestion("Solve it.") { Skills = ["algebra"] })),
            Worked.Features(new RouteQuestion("?") { Skills = ["biology"] }),
        ];
        int seed = Enumerable.Range(0, 100).First(i =>
            Rank("Solve it.", options with { Seed = i }, 1, skills: ["algebra"]).Panel!.Single() == "alg");

        IReadOnlyList<Ranking> rankings =
            new SymbolicMoeStrategy(Worked, options with { Seed = seed }, 1).RankAll(questions, SkillTables.All);

        Assert.Equal(["gen"], rankings[^1].Panel!);
        Assert.Contains("Under 20% of the draws of the batch, but nobody else suits this question.", rankings[^1].Reasons);
    }

    [Fact]
    public void RankAll_TrimByQuestion_IsAsAlone()
    {
        ProfiledQuestion[] questions = [.. Enumerable.Range(0, 20).Select(i => Worked.Features(new RouteQuestion($"{i}") { Skills = ["algebra"] }))];
        var strategy = new SymbolicMoeStrategy(Worked, new SymbolicMoeOptions(), 1);

        Assert.Equal(
            questions.Select(question => strategy.Rank(question, SkillTables.All).Panel!.Single()),
            strategy.RankAll(questions, SkillTables.All).Select(ranking => ranking.Panel!.Single()));
    }

    [Fact]
    public void Rank_ProfileWithoutSkills_IsByMeanAndSaysSo()
    {
        Ranking ranking = new SymbolicMoeStrategy(Profiles.Small, new SymbolicMoeOptions(), 3)
            .Rank(Profiles.Small.Features("?"), Profiles.All);

        Assert.Null(ranking.Panel);
        Assert.Equal("abacus", ranking.Ranked[0].Expert);
        Assert.Contains("No profiled question names the skills it needs, so nobody was recruited by skill.", ranking.Reasons);
    }

    static Ranking Rank(
        string question, SymbolicMoeOptions options, int panel, HashSet<string>? experts = null, string[]? skills = null) =>
        new SymbolicMoeStrategy(Worked, options, panel).Rank(Worked.Features(new RouteQuestion(question) { Skills = skills ?? [] }), experts ?? SkillTables.All);
}
