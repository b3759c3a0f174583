using System.ComponentModel;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Orchestrator.Client;

namespace Orchestrator.SemanticKernel;

/// <summary>
/// The same functions as methods, for kernels that take plugins by type:
/// <c>kernel.Plugins.AddFromObject(new OrchestratorKernelFunctions(plugin), "orchestrator")</c>. Each returns JSON, errors too; what a
/// model wrote is read as leniently as by the plugin itself, so lists, numbers and objects come as they are.
/// </summary>
/// <param name="plugin">Outlives this.</param>
public sealed class OrchestratorKernelFunctions(OrchestratorPlugin plugin)
{
    [KernelFunction("ask_experts")]
    [Description("Answers a question by the specialised experts that proved good at such questions, and says who answered.")]
    public Task<string> AskExpertsAsync(
        [Description("The question, whole and understandable on its own.")] string question,
        [Description("The policy that chooses the experts, or the id of one expert.")] string? policy = null,
        [Description("What the question needs, in a few short phrases.")] object? skills = null,
        CancellationToken cancellationToken = default) =>
        CallAsync("ask_experts", new() { ["question"] = question, ["policy"] = policy, ["skills"] = skills }, cancellationToken);

    [KernelFunction("route_question")]
    [Description("Says which experts would be asked a question, how sure that choice is, and why. No expert answers.")]
    public Task<string> RouteQuestionAsync(
        [Description("The question, whole and understandable on its own.")] string question,
        [Description("The policy that chooses the experts, or the id of one expert.")] string? policy = null,
        [Description("What the question needs, in a few short phrases.")] object? skills = null,
        CancellationToken cancellationToken = default) =>
        CallAsync("route_question", new() { ["question"] = question, ["policy"] = policy, ["skills"] = skills }, cancellationToken);

    [KernelFunction("list_experts")]
    [Description("Lists the policies that choose experts, with what each is for, and the experts, with what each is good at and whether it is ready.")]
    public Task<string> ListExpertsAsync(
        [Description("Lists only experts whose id or description has this text in it; policies are listed always.")] string? about = null,
        CancellationToken cancellationToken = default) =>
        CallAsync("list_experts", new() { ["about"] = about }, cancellationToken);

    [KernelFunction("evaluate_batch")]
    [Description("Asks a policy or an expert questions whose right answers you know, grades what it says, and returns the score.")]
    public Task<string> EvaluateBatchAsync(
        [Description("Labelled questions: a list of objects with 'question', 'reference' and, where wanted, 'id', 'grader' and 'options'.")]
        object questions,
        [Description("The policy that chooses the experts, or the id of one expert.")] string? policy = null,
        CancellationToken cancellationToken = default) =>
        CallAsync("evaluate_batch", new() { ["questions"] = questions, ["policy"] = policy }, cancellationToken);

    [KernelFunction("search_collection")]
    [Description("Finds the documents of a collection that fit a query best, by meaning and by words. Where you know no collection, try any name: the error lists those that there are.")]
    public Task<string> SearchCollectionAsync(
        [Description("Name of the collection.")] string collection,
        [Description("What to look for.")] string query,
        [Description("How many documents you want at most, 1 to 50; usual are 5.")] object? top = null,
        [Description("'dense' finds by meaning, 'lexical' by words, 'hybrid' by both; usual is 'hybrid'.")] string? mode = null,
        [Description("Conditions on the metadata: an object with 'must', 'should' and 'must_not'.")] object? filter = null,
        CancellationToken cancellationToken = default) =>
        CallAsync(
            "search_collection",
            new() { ["collection"] = collection, ["query"] = query, ["top"] = top, ["mode"] = mode, ["filter"] = filter },
            cancellationToken);

    /// <summary>What is left out must not be there at all: its default holds.</summary>
    async Task<string> CallAsync(string name, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var omitted in arguments.Where(argument => argument.Value is null).ToList()) arguments.Remove(omitted.Key);
        var result = await plugin.Functions.First(function => function.Name == name).InvokeAsync(arguments, cancellationToken);
        return result!.ToString()!;
    }
}
