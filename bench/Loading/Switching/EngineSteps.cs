using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Loading.Switching;

/// <summary>Milliseconds that the parts of a switch take on an engine of its own, without a pool.</summary>
sealed record EngineSteps(double Load, double First, double Second, double Unload)
{
    /// <param name="memoryMap">Maps the file instead of reading it.</param>
    public static async Task<EngineSteps> MeasureAsync(
        ScenarioContext context, string file, bool memoryMap, CancellationToken cancellationToken)
    {
        BatchEngineOptions options = ExpertSet.EngineOptions(context.Options, memoryMap);
        BatchEngine? engine = null;
        double load = await context.TimeAsync(async () => engine = await BatchEngine.LoadAsync(
            context.Runtime, file, options, NullLoggerFactory.Instance, cancellationToken: cancellationToken));
        double first = await FirstTokenAsync(1);
        double second = await FirstTokenAsync(2);
        double unload = await context.TimeAsync(async () => await engine!.DisposeAsync());
        return new EngineSteps(load, first, second, unload);

        async Task<double> FirstTokenAsync(int question)
        {
            Answer answer = await PoolAnswerer.ReadAsync(
                engine!.GenerateAsync(PoolAnswerer.Request(context.Question(question), 1), cancellationToken), context.Time);
            return answer.FirstToken.TotalMilliseconds;
        }
    }
}
