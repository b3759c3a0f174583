using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Orchestrator.Client;
using Orchestrator.TestKit.Agents;

namespace Orchestrator.SemanticKernel.Tests;

/// <summary>Semantic Kernel itself over the real zoo; only a planner's wish to call a tool is scripted.</summary>
[Collection(ZooCollection.Name)]
public sealed class KernelTests(ZooKernel zoo)
{
    static readonly PromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Fact]
    public async Task InvokePromptAsync_NoOtherChatService_ExpertsAnswer()
    {
        var answer = await zoo.Kernel.InvokePromptAsync("What is 17 + 25?");

        Assert.EndsWith("Answer: 42", answer.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A kernel copies the properties of messages, not those of responses.</summary>
    [Fact]
    public async Task GetChatMessageContentAsync_Question_HasTheRouteInItsMetadata()
    {
        var content = await zoo.Kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync("What is 17 + 25?");

        Assert.NotNull(((RouteDetails)content.Metadata!["orchestrator.route"]!).Expert);
    }

    [Fact]
    public async Task GetStreamingChatMessageContentsAsync_Question_ComesInPieces()
    {
        var chat = zoo.Kernel.GetRequiredService<IChatCompletionService>();
        List<string> pieces = [];

        await foreach (var piece in chat.GetStreamingChatMessageContentsAsync("What is the capital of Finland?"))
            if (piece.Content is { Length: > 0 } text) pieces.Add(text);

        Assert.True(pieces.Count > 1);
        Assert.EndsWith("Helsinki", string.Concat(pieces), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InvokePromptAsync_PlannerBeforeOrBehind_CallsThePlugin(bool before)
    {
        using var planner = new ScriptedPlanner("ask_experts", question => new() { ["question"] = question });
        var builder = Kernel.CreateBuilder();
        if (before) Add();
        builder.Services.AddSingleton(zoo.Kernel.GetRequiredService<IChatClient>());
        builder.Services.AddSingleton(_ => zoo.Kernel.GetRequiredService<Client.OrchestratorPlugin>());
        builder.AddOrchestrator();
        if (!before) Add();

        var answer = await builder.Build().InvokePromptAsync("What is 17 + 25?", new KernelArguments(Auto));

        Assert.Contains("Answer: 42", answer.ToString(), StringComparison.Ordinal);
        Assert.Equal(5, planner.Offered.Count);

        void Add() => builder.Services.AddSingleton(services =>
            planner.AsBuilder().UseKernelFunctionInvocation().Build(services).AsChatCompletionService(services));
    }

    [Fact]
    public async Task AddOrchestrator_PlannerIsAChatClientBehind_ServiceIsStillTheExperts()
    {
        using var planner = new ScriptedPlanner("nothing", _ => new());
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(zoo.Kernel.GetRequiredService<IChatClient>());
        builder.Services.AddSingleton(_ => zoo.Kernel.GetRequiredService<Client.OrchestratorPlugin>());
        builder.AddOrchestrator();
        builder.Services.AddSingleton<IChatClient>(planner);

        var experts = builder.Build().GetRequiredService<IChatCompletionService>("orchestrator");

        Assert.EndsWith("Answer: 42", (await experts.GetChatMessageContentAsync("What is 17 + 25?")).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void AddOrchestrator_Twice_SaysThatItIsThere()
    {
        var builder = Kernel.CreateBuilder().AddOrchestrator("http://127.0.0.1:1");

        var before = builder.Services.ToArray();

        Assert.Throws<InvalidOperationException>(() => builder.AddOrchestratorPlugin(new() { Endpoint = new Uri("http://127.0.0.1:2") }));

        Assert.Equal(before, builder.Services);
    }

    [Fact]
    public void AddOrchestrator_NothingRegistered_SaysWhatToAdd()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Kernel.CreateBuilder().AddOrchestrator().Build().Plugins.Count);

        Assert.Contains("AddOrchestratorClient", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"addition\"")]
    [InlineData("[\"addition\", \"carrying\"]")]
    public async Task KernelFunctions_SkillsInAnyForm_AreTaken(string skills)
    {
        var kernel = new Kernel();
        kernel.Plugins.AddFromObject(new OrchestratorKernelFunctions(zoo.Kernel.GetRequiredService<Client.OrchestratorPlugin>()), "orchestrator");

        var routed = await kernel.InvokeAsync("orchestrator", "route_question", new()
        {
            ["question"] = "What is 17 + 25?",
            ["policy"] = "symbolic-moe",
            ["skills"] = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(skills),
        });

        Assert.Contains("\"asked\":", routed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_SchemasOfferedToModels_AreWhole()
    {
        using var planner = new ScriptedPlanner("evaluate_batch", _ => new());
        var kernel = Kernel.CreateBuilder().Build();
        kernel.Plugins.Add(zoo.Kernel.Plugins["orchestrator"]);
        var chat = planner.AsBuilder().UseKernelFunctionInvocation().Build().AsChatCompletionService();

        await chat.GetChatMessageContentAsync("anything", Auto, kernel);

        foreach (var tool in planner.Offered.Cast<AIFunctionDeclaration>())
        {
            var schema = tool.JsonSchema.GetRawText();
            Assert.DoesNotContain("$ref", schema, StringComparison.Ordinal);
            Assert.DoesNotContain("$defs", schema, StringComparison.Ordinal);
            Assert.All(tool.JsonSchema.GetProperty("properties").EnumerateObject(), property =>
                Assert.NotEqual("", property.Value.GetProperty("description").GetString()));
        }

        var batch = planner.Offered.Cast<AIFunctionDeclaration>().Single(tool => tool.Name.EndsWith("evaluate_batch", StringComparison.Ordinal));
        var question = batch.JsonSchema.GetProperty("properties").GetProperty("questions").GetProperty("items");
        Assert.True(question.GetProperty("properties").TryGetProperty("reference", out _));
    }

    [Fact]
    public async Task Plugin_WrongArgument_TellsThePlanner()
    {
        var answer = await zoo.Kernel.InvokeAsync("orchestrator", "ask_experts", new() { ["question"] = "What is 17 + 25?", ["policy"] = "nobody" });

        Assert.Contains("\"model_not_found\"", answer.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A kernel hands a function all variables of the template.</summary>
    [Fact]
    public async Task Plugin_CalledByATemplate_PassesOverItsOtherVariables()
    {
        var template = new KernelPromptTemplateFactory().Create(new PromptTemplateConfig(
            "Of {{$topic}}: {{orchestrator.route_question question=$sum policy='auto'}}"));

        var prompt = await template.RenderAsync(zoo.Kernel, new KernelArguments(Auto) { ["topic"] = "sums", ["sum"] = "What is 17 + 25?" });

        Assert.StartsWith("Of sums: {", prompt, StringComparison.Ordinal);
        Assert.Contains("asked", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("error", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_ArgumentThatAPlannerMakesUp_TellsThePlanner()
    {
        using var planner = new ScriptedPlanner("route_question", question => new() { ["query"] = System.Text.Json.JsonSerializer.SerializeToElement(question) });
        var kernel = Kernel.CreateBuilder().Build();
        kernel.Plugins.Add(zoo.Kernel.Plugins["orchestrator"]);
        var chat = planner.AsBuilder().UseKernelFunctionInvocation().Build().AsChatCompletionService();

        var answer = await chat.GetChatMessageContentAsync("What is 17 + 25?", Auto, kernel);

        Assert.Contains("There is no argument 'query'; there are question, policy, skills.", answer.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KernelFunctions_ByType_AreThoseOfThePlugin()
    {
        var plugin = zoo.Kernel.GetRequiredService<Client.OrchestratorPlugin>();
        var kernel = new Kernel();
        var methods = kernel.Plugins.AddFromObject(new OrchestratorKernelFunctions(plugin), "orchestrator");

        var evaluated = await kernel.InvokeAsync("orchestrator", "evaluate_batch", new()
        {
            ["questions"] = """[{"question": "What is 17 + 25?", "reference": "42"}]""",
        });

        Assert.Contains("\"right\":1", evaluated.ToString(), StringComparison.Ordinal);
        Assert.Equal(plugin.Functions.Select(Described), methods.Select(Described));
    }

    static string Described(AIFunction function) =>
        $"{(function as KernelFunction)?.Metadata.Name ?? function.Name}({string.Join(", ", function.JsonSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name))})";
}
