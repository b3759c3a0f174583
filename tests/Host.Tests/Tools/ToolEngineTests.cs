using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Tools;

/// <summary>Calls that llama.cpp decodes.</summary>
public sealed class ToolEngineTests : IAsyncLifetime
{
    const string Yaml = """
        engine: { threads: 1 }
        memory: { budget: 256MiB }
        defaults: { context: 4096, max_sequences: 1, tools: hermes, sampling: { temperature: 0 } }
        experts:
          - { id: caller, file: caller.gguf }
          - { id: empty, file: empty.gguf }
        """;

    readonly TemporaryFolder _folder = new();
    ZooService _service = null!;

    public async Task InitializeAsync()
    {
        TinyGguf.SayingWords(4096, "<tool_call>", "\n{\"name\": \"price\", ", "\"arguments\": {\"of\": \"muog\"}}\n", "</tool_call>")
            .Save(_folder.Path, "caller.gguf");
        // After a brace it closes it; all else is up to a grammar.
        TinyGguf.Saying("{}", context: 4096).Save(_folder.Path, "empty.gguf");
        File.WriteAllText(_folder.File("orchestrator.yaml"), Yaml);
        _service = new ZooService(_folder.File("orchestrator.yaml"));
        await _service.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Post_ModelThatWritesACall_GivesIt() => Assert.Equal("price {\"of\": \"muog\"}", await CalledAsync("caller", "\"auto\""));

    [Theory]
    [InlineData("\"required\"")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"price\"}}")]
    public async Task Post_ForcedModelThatWouldNot_CallsAllTheSame(string choice) => Assert.Equal("price {}", await CalledAsync("empty", choice));

    [Theory]
    [InlineData("\"max_tokens\":20", "length")]
    [InlineData("\"stop\":\"arguments\"", "stop")]
    public async Task Post_ForcedCallCutOff_IsNeitherTextNorCall(string fields, string finish)
    {
        using var response = await _service.Http.ChatAsync("empty", "go", $"{CallingExperts.Tools},\"tool_choice\":\"required\",{fields}");

        var choice = (await response.ReadJsonAsync()).GetProperty("choices")[0];

        Assert.Equal(finish, choice.GetProperty("finish_reason").GetString());
        Assert.Equal("", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.False(choice.GetProperty("message").TryGetProperty("tool_calls", out _));
    }

    async Task<string> CalledAsync(string model, string choice)
    {
        using var response = await _service.Http.ChatAsync(model, "go", $"{CallingExperts.Tools},\"tool_choice\":{choice}");
        var reply = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, reply.GetRawText());
        var choices = reply.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choices.GetProperty("finish_reason").GetString());
        Assert.Null(choices.GetProperty("message").GetProperty("content").GetString());
        var function = Assert.Single(choices.GetProperty("message").GetProperty("tool_calls").EnumerateArray()).GetProperty("function");
        return $"{function.GetProperty("name")} {function.GetProperty("arguments")}";
    }
}
