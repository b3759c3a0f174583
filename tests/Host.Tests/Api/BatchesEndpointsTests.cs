using System.Net;

namespace Orchestrator.Host.Tests.Api;

public sealed class BatchesEndpointsTests : IAsyncLifetime
{
    const string Pool =
        """
        engine: { threads: 1 }
        memory: { budget: 64MiB }
        jobs: { folder: jobs, max_file_bytes: 64KiB, max_items: 50 }
        policies:
          auto: { strategy: best-single }
          both: { strategy: best-single, panel: 2, aggregator: majority }
        experts:
          - { id: abc, file: abc.gguf, sampling: { temperature: 0 } }
          - { id: xyz, file: xyz.gguf, sampling: { temperature: 0 } }
          - { id: endless, file: endless.gguf, max_sequences: 2 }
        """;

    TinyService _service = null!;

    HttpClient Http => _service.Http;

    public async Task InitializeAsync() => _service = await TinyService.StartAsync(Pool);

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Batch_ManyModels_AnswersEveryLineOnceInItsOrder()
    {
        string[] keys = [.. Enumerable.Range(0, 30).Select(i => $"k{i}")];
        var id = await Http.CreatedAsync(keys.Select((key, i) => BatchCalls.Line(key, i % 2 == 0 ? "abc" : "xyz")));

        var batch = await Http.EndedAsync(id);

        Assert.Equal("completed", batch.Status());
        Assert.Equal((30, 30, 0), batch.Counts());
        foreach (var stamp in (string[])["created_at", "in_progress_at", "finalizing_at", "completed_at", "expires_at"])
            Assert.True(batch.GetProperty(stamp).GetInt64() > 0, stamp);
        Assert.Null(batch.GetProperty("error_file_id").GetString());
        var lines = await Http.LinesAsync(batch);
        Assert.Equal(keys, lines.Select(line => line.Key()));
        Assert.Equal(keys.Select((_, i) => i % 2 == 0 ? "abc" : "xyz"), lines.Select(line => line.Answer()));
        var response = lines[0].GetProperty("response");
        Assert.Equal(200, response.GetProperty("status_code").GetInt32());
        Assert.Equal("abc", response.GetProperty("body").GetProperty("model").GetString());
        Assert.Equal("chat.completion", response.GetProperty("body").GetProperty("object").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, lines[0].GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task Batch_PanelOfAPolicy_ReportsThePanelLikeAnOnlineAnswer()
    {
        var batch = await Http.EndedAsync(await Http.CreatedAsync(BatchCalls.Line("k", "both")));

        var line = Assert.Single(await Http.LinesAsync(batch));
        var report = line.GetProperty("response").GetProperty("body").GetProperty("orchestrator");
        Assert.Equal(2, report.GetProperty("panel").GetArrayLength());
        Assert.Equal("majority", report.GetProperty("aggregation").GetProperty("aggregator").GetString());
        Assert.Equal(2, report.GetProperty("cost").GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task Batch_LineThatFailsWhenRun_IsInTheErrorFileWithItsStatus()
    {
        var long9000 = new string('a', 9000);
        var batch = await Http.EndedAsync(await Http.CreatedAsync(
            BatchCalls.Line("good", "abc"), BatchCalls.Line("long", "endless", long9000)));

        Assert.Equal("completed", batch.Status());
        Assert.Equal((2, 1, 1), batch.Counts());
        Assert.Equal("good", Assert.Single(await Http.LinesAsync(batch)).Key());
        var failed = Assert.Single(await Http.LinesAsync(batch, "error_file_id"));
        Assert.Equal("long", failed.Key());
        Assert.Equal(400, failed.GetProperty("response").GetProperty("status_code").GetInt32());
        Assert.Equal(
            "context_length_exceeded",
            failed.GetProperty("response").GetProperty("body").GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("not json", "invalid_json_line", null)]
    [InlineData("[1]", "invalid_json_line", null)]
    [InlineData("""{"custom_id":"a","\ud800":1}""", "invalid_json_line", null)]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{}}""", "invalid_url", "url")]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{}}""", "invalid_method", "method")]
    [InlineData("""{"method":"POST","url":"/v1/chat/completions","body":{}}""", "missing_required_parameter", "custom_id")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions"}""", "missing_required_parameter", "body")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"abc"}}""", "missing_required_parameter", "body.messages")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{},"id":1}""", "unknown_parameter", "id")]
    public async Task Batch_MalformedLine_FailsWholeAndNamesTheLine(string line, string code, string? param)
    {
        var batch = await Http.EndedAsync(await Http.CreatedAsync(BatchCalls.Line("good", "abc"), "", line));

        Assert.Equal("failed", batch.Status());
        var problem = Assert.Single(batch.GetProperty("errors").GetProperty("data").EnumerateArray());
        Assert.Equal((code, 3), (problem.GetProperty("code").GetString(), problem.GetProperty("line").GetInt32()));
        Assert.Equal(param, problem.GetProperty("param").GetString());
        Assert.Equal((0, 0, 0), batch.Counts());
        Assert.True(batch.GetProperty("failed_at").GetInt64() > 0);
        Assert.Null(batch.GetProperty("output_file_id").GetString());
    }

    [Fact]
    public async Task Batch_SeveralMistakes_NamesThemAll()
    {
        var batch = await Http.EndedAsync(await Http.CreatedAsync(
            BatchCalls.Line("a", "abc"), BatchCalls.Line("a", "abc"), BatchCalls.Line("b", "nobody"),
            BatchCalls.Line("c", "abc", fields: "\"stream\":true"), BatchCalls.Line("d", "abc", fields: "\"temperature\":9")));

        Assert.Equal("failed", batch.Status());
        Assert.Equal(
            [("duplicate_custom_id", 2), ("model_not_found", 3), ("unsupported_parameter", 4), ("invalid_value", 5)],
            batch.GetProperty("errors").GetProperty("data").EnumerateArray()
                .Select(problem => (problem.GetProperty("code").GetString()!, problem.GetProperty("line").GetInt32())));
    }

    [Theory]
    [InlineData(0, "empty_file")]
    [InlineData(51, "too_many_requests")]
    public async Task Batch_NoLinesOrTooMany_Fails(int lines, string code)
    {
        var batch = await Http.EndedAsync(await Http.CreatedAsync(
            Enumerable.Range(0, lines).Select(i => BatchCalls.Line($"k{i}", "abc"))));

        Assert.Equal("failed", batch.Status());
        Assert.Equal(code, batch.GetProperty("errors").GetProperty("data")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Cancel_RunningBatch_KeepsWhatWasAnswered()
    {
        // The endless expert writes thousands of tokens to each: the first lines are done long before the last.
        var id = await Http.CreatedAsync(
            [BatchCalls.Line("quick", "abc"), .. Enumerable.Range(0, 40).Select(i => BatchCalls.Line($"slow{i}", "endless", fields: "\"max_tokens\":8000"))]);
        while ((await Http.BatchAsync(id)).Counts().Completed == 0) await Task.Delay(TimeSpan.FromMilliseconds(20));

        using var reply = await Http.PostAsync($"/v1/batches/{id}/cancel", null);
        Assert.Contains((await reply.ReadJsonAsync()).Status(), (string[])["cancelling", "cancelled"]);
        var batch = await Http.EndedAsync(id);

        Assert.Equal("cancelled", batch.Status());
        Assert.True(batch.GetProperty("cancelling_at").GetInt64() > 0 && batch.GetProperty("cancelled_at").GetInt64() > 0);
        var done = await Http.LinesAsync(batch);
        var open = await Http.LinesAsync(batch, "error_file_id");
        Assert.Contains("quick", done.Select(line => line.Key()));
        Assert.Equal(41, done.Concat(open).Select(line => line.Key()).Distinct().Count());
        Assert.All(open, line => Assert.Equal("batch_cancelled", line.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Cancel_EndedOrUnknownBatch_ChangesNothing()
    {
        var id = await Http.CreatedAsync(BatchCalls.Line("k", "abc"));
        await Http.EndedAsync(id);

        using var ended = await Http.PostAsync($"/v1/batches/{id}/cancel", null);
        using var unknown = await Http.PostAsync("/v1/batches/batch_none/cancel", null);

        Assert.Equal("completed", (await ended.ReadJsonAsync()).Status());
        Assert.Equal("batch_not_found", (await unknown.ReadErrorAsync(HttpStatusCode.NotFound)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task List_Pages_GoFromTheNewestToTheOldest()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Insert(0, await Http.CreatedAsync(BatchCalls.Line("k", "abc")));

        var first = await (await Http.GetAsync("/v1/batches?limit=2")).ReadJsonAsync();
        var second = await (await Http.GetAsync($"/v1/batches?limit=2&after={ids[1]}")).ReadJsonAsync();

        Assert.Equal(ids[..2], first.GetProperty("data").EnumerateArray().Select(batch => batch.GetProperty("id").GetString()));
        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal(ids[1], first.GetProperty("last_id").GetString());
        Assert.Equal(ids[2..], second.GetProperty("data").EnumerateArray().Select(batch => batch.GetProperty("id").GetString()));
        Assert.False(second.GetProperty("has_more").GetBoolean());
        using var wrong = await Http.GetAsync("/v1/batches?limit=0");
        Assert.Equal("limit", (await wrong.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("""{"endpoint":"/v1/chat/completions","completion_window":"24h"}""", "input_file_id", "missing_required_parameter")]
    [InlineData("""{"input_file_id":"file-x","endpoint":"/v1/embeddings","completion_window":"24h"}""", "endpoint", "invalid_value")]
    [InlineData("""{"input_file_id":"file-x","endpoint":"/v1/chat/completions","completion_window":"1h"}""", "completion_window", "invalid_value")]
    [InlineData("""{"input_file_id":"file-x","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"a":1}}""", "metadata", "invalid_type")]
    [InlineData("""{"input_file_id":"file-x","endpoint":"/v1/chat/completions","completion_window":"24h","n":1}""", "n", "unknown_parameter")]
    public async Task Create_BadRequest_NamesTheField(string body, string param, string code)
    {
        using var reply = await Http.PostAsync("/v1/batches", ChatCalls.Json(body));

        var error = await reply.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal((param, code), (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Create_UnknownFile_Is404()
    {
        using var reply = await Http.CreateBatchAsync("file-none");

        Assert.Equal("input_file_id", (await reply.ReadErrorAsync(HttpStatusCode.NotFound)).GetProperty("param").GetString());
    }

    [Fact]
    public async Task Create_Metadata_ComesBack()
    {
        var file = await Http.UploadedAsync(BatchCalls.Line("k", "abc"));
        using var reply = await Http.CreateBatchAsync(file, ""","metadata":{"owner":"me"}""");

        var batch = await reply.ReadJsonAsync();
        Assert.Equal("validating", batch.Status());
        Assert.Equal("me", batch.GetProperty("metadata").GetProperty("owner").GetString());
    }
}
