using System.Text.Json;

namespace Orchestrator.Client.Tests.Plugin;

/// <summary>What models get to read: small, and honest about what is left out.</summary>
public sealed class ResultsTests
{
    [Fact]
    public async Task AskExperts_Answer_TellsWhoAndHowSure()
    {
        string? skills = null;
        var service = new FakeService((request, _) =>
        {
            var reply = FakeService.Reply("""{"id":"c1","model":"mason","choices":[{"message":{"role":"assistant","content":"Answer: 42"},"finish_reason":"length"}]}""");
            reply.Headers.Add("x-orchestrator-confidence", "0.981");
            reply.Headers.Add("x-orchestrator-coverage", "covered");
            skills = request.Headers.GetValues("x-orchestrator-skills").Single();
            return reply;
        });
        using var plugin = new FakePlugin(service);

        var result = await plugin.CallAsync("ask_experts", """{"question":"What is 17 + 25?","policy":"symbolic-moe","skills":["addition","percent, tax"]}""");

        Assert.Equal(
            """{"answer":"Answer: 42","expert":"mason","policy":"symbolic-moe","confidence":0.981,"coverage":"covered","reasons":["The answer is cut: it reached the most tokens allowed."]}""",
            result.GetRawText());
        Assert.Equal("symbolic-moe", JsonElement.Parse(service.Asked[0].Body).GetProperty("model").GetString());
        Assert.Equal("addition,percent,tax", skills);
    }

    [Fact]
    public async Task AskExperts_Panel_TellsTheOthersInBrief()
    {
        var members = string.Join(',', Enumerable.Range(0, 10).Select(at => $$$"""{"expert":"e{{{at}}}","content":"{{{new string('x', 400)}}}"}"""));
        using var plugin = FakePlugin.Of($$$"""
            {"id":"c1","model":"e0","choices":[{"message":{"role":"assistant","content":"42"},"finish_reason":"stop"}],"orchestrator":{
              "panel":[{{{members}}}],"aggregation":{"aggregator":"vote","reasons":["Seven of ten agree."]},"cost":{"calls":10},
              "context":{"collection":"stock","passages":[{"id":"d1","similarity":0.9}],"reason":"It is likely to help."}
            }}
            """);

        var result = await plugin.CallAsync("ask_experts", """{"question":"What?"}""");

        Assert.Equal(["Seven of ten agree.", "It is likely to help."], result.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
        Assert.Equal("d1", result.GetProperty("documents")[0].GetString());
        Assert.Equal(8, result.GetProperty("others").GetArrayLength());
        Assert.EndsWith("x… [100 more characters]", result.GetProperty("others")[0].GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal("2 of 10 other answers", result.GetProperty("left_out").GetString());
    }

    [Fact]
    public async Task RouteQuestion_Plan_HasReasonsAndTheHeadOfTheRanking()
    {
        var ranked = string.Join(',', Enumerable.Range(0, 12).Select(at => $$$"""{"expert":"e{{{at}}}","score":0.12345,"support":3}"""));
        using var plugin = FakePlugin.Of($$$"""
            {"policy":"auto","strategy":"knn","ranked":[{{{ranked}}}],"panel":["e0"],"primary":"e0","confidence":0.9,"support_distance":0.1,
             "coverage":{"verdict":"novel","distance":4.2},"reasons":["It was best at such questions."]}
            """);

        var result = await plugin.CallAsync("route_question", """{"question":"What?"}""");

        Assert.Equal("/v1/route", plugin.Service.Asked[0].Path);
        Assert.Equal("It was best at such questions.", result.GetProperty("reasons")[0].GetString());
        Assert.Equal("novel", result.GetProperty("coverage").GetString());
        Assert.Equal(8, result.GetProperty("ranked").GetArrayLength());
        Assert.Equal(0.123, result.GetProperty("ranked")[0].GetProperty("score").GetDouble());
        Assert.Equal("4 of 12 ranked experts", result.GetProperty("left_out").GetString());
    }

    [Fact]
    public async Task ListExperts_Many_TellsHowToNarrowThem()
    {
        var experts = string.Join(',', Enumerable.Range(0, 60).Select(at =>
            $$$"""{"id":"e{{{at}}}","object":"model","orchestrator":{"kind":"expert","description":"{{{(at == 59 ? "Roman numerals" : "sums")}}}","purpose":"answer","state":"cold"}}"""));
        using var plugin = FakePlugin.Of($$$"""{"object":"list","data":[{"id":"auto","orchestrator":{"kind":"policy","description":"whoever is best"}},{"id":"trio","orchestrator":{"kind":"policy"}},{{{experts}}}]}""");

        var all = await plugin.CallAsync("list_experts", "{}");
        var some = await plugin.CallAsync("list_experts", """{"about":"roman"}""");

        Assert.Equal(50, all.GetProperty("experts").GetArrayLength());
        Assert.Equal("10 of 60 experts; narrow them with 'about'", all.GetProperty("left_out").GetString());
        Assert.Equal(
            """{"policies":[{"id":"auto","description":"whoever is best"},{"id":"trio"}],"experts":[{"id":"e59","description":"Roman numerals","purpose":"answer","state":"cold"}]}""", some.GetRawText());
    }

    [Fact]
    public async Task EvaluateBatch_ManyResults_LeavesOutRightOnes()
    {
        var results = string.Join(',', Enumerable.Range(1, 60).Select(at => at % 6 == 0
            ? $$$"""{"id":"{{{at}}}","error":{"message":"gone","code":"unavailable"}}"""
            : $$$"""{"id":"{{{at}}}","answer":"fine","expert":"mason","score":1,"right":true}"""));
        using var plugin = FakePlugin.Of(
            $$$"""{"object":"evaluation","model":"auto","score":0.83333333,"right":50,"questions":60,"failed":10,"ungraded":0,"results":[{{{results}}}],"usage":{}}""");

        var result = await plugin.CallAsync("evaluate_batch", """{"questions":[{"question":"a","reference":"b"}]}""");

        Assert.Equal(0.8333, result.GetProperty("score").GetDouble());
        var shown = result.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(50, shown.Length);
        Assert.Equal(10, shown.Count(item => item.TryGetProperty("problem", out var problem) && problem.GetString() == "gone"));
        Assert.Equal(shown.Select(item => int.Parse(item.GetProperty("id").GetString()!)).Order(), shown.Select(item => int.Parse(item.GetProperty("id").GetString()!)));
        Assert.StartsWith("10 of 60 results", result.GetProperty("left_out").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchCollection_LongText_IsCutAndSaysSo()
    {
        using var plugin = FakePlugin.Of(
            $$$"""{"results":[{"id":"a","score":0.0327868,"text":"{{{new string('x', 1999)}}}😀y","metadata":{"year":1958}}],"mode":"hybrid","route":{"expert":"encoder"}}""");

        var result = await plugin.CallAsync("search_collection", """{"collection":"stock","query":"What?"}""");

        var hit = Assert.Single(result.GetProperty("hits").EnumerateArray());
        Assert.EndsWith("x… [3 more characters]", hit.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1958, hit.GetProperty("metadata").GetProperty("year").GetInt32());
        Assert.Equal("encoder", result.GetProperty("expert").GetString());
    }

    [Fact]
    public async Task SearchCollection_CutTextAsLongAsTheWhole_SaysSo()
    {
        // As many letters are left out as the words about them have.
        using var plugin = FakePlugin.Of(
            $$$"""{"results":[{"id":"a","score":1,"text":"{{{new string('x', 2022)}}}","metadata":{}}],"mode":"hybrid","route":{"expert":"encoder"}}""");

        var result = await plugin.CallAsync("search_collection", """{"collection":"stock","query":"What?"}""");

        Assert.EndsWith("x… [22 more characters]", result.GetProperty("hits")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("parts of the text or metadata of 1 of 1 documents", result.GetProperty("left_out").GetString());
    }

    [Fact]
    public async Task SearchCollection_ManyLongTexts_StaySmallTogether()
    {
        var results = string.Join(',', Enumerable.Range(0, 60).Select(at =>
            $$$"""{"id":"d{{{at}}}","score":1,"text":"{{{new string('x', 1500)}}}","metadata":{"year":1958,"notes":"{{{new string('y', 5000)}}}"}}"""));
        using var plugin = FakePlugin.Of($$$"""{"results":[{{{results}}}],"mode":"lexical"}""");

        var result = await plugin.CallAsync("search_collection", """{"collection":"stock","query":"What?","top":50}""");

        Assert.Equal(50, result.GetProperty("hits").GetArrayLength());
        Assert.Equal("""{"year":1958}""", result.GetProperty("hits")[0].GetProperty("metadata").GetRawText());
        Assert.InRange(result.GetProperty("hits").EnumerateArray().Sum(hit => hit.GetProperty("text").GetString()!.Count(letter => letter == 'x')), 19_000, 20_000);
        Assert.Equal("10 of 60 documents; parts of the text or metadata of 50 of 50 documents", result.GetProperty("left_out").GetString());
    }

    [Fact]
    public async Task SearchCollection_NoHits_IsAnEmptyResult()
    {
        using var plugin = FakePlugin.Of("""{"results":[],"mode":"lexical"}""");

        Assert.Equal("""{"hits":[]}""", (await plugin.CallAsync("search_collection", """{"collection":"stock","query":"What?"}""")).GetRawText());
    }

    [Fact]
    public async Task AskExperts_LongAnswerOfManyDocuments_IsCutAndSaysSo()
    {
        var passages = string.Join(',', Enumerable.Range(0, 30).Select(at => $$$"""{"id":"d{{{at}}}"}"""));
        using var plugin = FakePlugin.Of($$$"""
            {"model":"e0","choices":[{"message":{"content":"{{{new string('x', 20_000)}}}"}}],"orchestrator":{"panel":[],
             "context":{"passages":[{{{passages}}}],"reason":"It helps."}
            }}
            """);

        var result = await plugin.CallAsync("ask_experts", """{"question":"What?"}""");

        Assert.EndsWith("x… [4000 more characters]", result.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal(20, result.GetProperty("documents").GetArrayLength());
        Assert.Equal("4000 of 20000 characters of the answer; 10 of 30 documents", result.GetProperty("left_out").GetString());
    }
}
