using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Loading;

/// <summary>What a scenario works with.</summary>
sealed record ScenarioContext(LoadingOptions Options, ExpertSet Experts, LlamaRuntime Runtime, TimeProvider Time)
{
    public IReadOnlyList<string> Ids { get; } = [.. Experts.Experts.Select(expert => expert.Id)];

    /// <summary>A command that prepares the experts, runs the scenario and writes what it returns under a common head.</summary>
    public static Command Command(
        string name, string description, IEnumerable<Option> own,
        Func<ScenarioContext, ParseResult, CancellationToken, Task<string>> scenario, bool asServed = false)
    {
        var command = new Command(name, description);
        foreach (Option option in own.Concat(LoadingOptions.Common))
            command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            LoadingOptions options = LoadingOptions.From(parsed);
            if (asServed)
                options = options.AsServed();
            using var runtime = LlamaRuntime.Start(
                new LlamaRuntimeOptions { MaxThreads = options.Cores, LibraryDirectory = options.Library },
                NullLoggerFactory.Instance);
            ExpertSet experts = await ExpertSet.PrepareAsync(options, runtime, cancellationToken);
            var context = new ScenarioContext(options, experts, runtime, TimeProvider.System);
            string table = await scenario(context, parsed, cancellationToken);
            Report.Write($"# Residency: {name}\n\n{context.Describe()}\n\n{table}", options.Out);
            return 0;
        });
        return command;
    }

    public Task<PoolAnswerer> PoolAsync(
        int loaded, CancellationToken cancellationToken, RequestClass requestClass = RequestClass.Interactive) =>
        PoolAnswerer.StartAsync(Experts.Config(loaded), requestClass, Runtime, Time, cancellationToken);

    /// <summary>
    /// A question of its own for each number, of the length that the options say. They differ from the first byte, or a
    /// server that keeps the beginnings of prompts would compute only their ends.
    /// </summary>
    public string Question(int number) => $"{number} is the item ".PadRight(Options.Prompt, 'x')[..Options.Prompt];

    public Task<ServerAnswerer> ServerAsync(int loaded, int concurrency, CancellationToken cancellationToken) =>
        ServerAnswerer.StartAsync(Options, Experts, loaded, concurrency, Time, cancellationToken);

    public Task<Outcome> AskAsync(IAnswerer answerer, string expert, string prompt, CancellationToken cancellationToken) =>
        Outcome.OfAsync(answerer, expert, prompt, Options.Tokens, Options.Timeout, Time, cancellationToken);

    /// <summary>Milliseconds of an action.</summary>
    public async Task<double> TimeAsync(Func<Task> action)
    {
        long start = Time.GetTimestamp();
        await action();
        return Time.GetElapsedTime(start).TotalMilliseconds;
    }

    string Describe() =>
        $"""
        {Machine.Describe(Time)}
        - {Experts.Describe()}
        - {Options.Threads} thread(s) for an expert, {Options.Cores} for this pool,
          {Options.Sequences} conversations of {Length()} for an expert,
          {Exchange()}, greedily; {(Options.Library is null ? "own" : "given")} llama.cpp build;
          the files are in the page cache unless said otherwise
        """;

    string Length() => Options.Context == 0 ? "its trained length" : $"{Options.Context} tokens";

    string Exchange() => Options.Tokens == 0
        ? "whole answers" : $"questions of {Options.Prompt} bytes, {Options.Tokens} new tokens an answer";
}
