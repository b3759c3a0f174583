using MassTransit;

namespace Orchestrator.Jobs.Messages;

/// <summary>The worker's end: has a group answered and says so, whatever came of it.</summary>
sealed class AnswerGroupConsumer(Func<AnswerGroup, CancellationToken, Task<bool>> answer) : IConsumer<AnswerGroup>
{
    public async Task Consume(ConsumeContext<AnswerGroup> context)
    {
        if (await AnswerAsync(context.Message, context.CancellationToken) is not { } report) return;
        try
        {
            await context.Publish(report, context.CancellationToken);
        }
        catch (Exception lost)
        {
            // The broker is gone. What was answered is in the store, where the planner looks for what no report comes of.
            LogContext.Warning?.Log(lost, "The report of a group of job {Job} could not be sent", report.Job);
        }
    }

    /// <summary>The planner decides what a failure means for the job; redelivery would only repeat it.</summary>
    async Task<GroupAnswered?> AnswerAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        try
        {
            return await answer(group, cancellationToken) ? Report(null, mayPass: true) : null;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            return Report(failure.Message, mayPass: true);
        }
        catch (Exception bug)
        {
            return Report($"{bug.GetType().Name}: {bug.Message}", mayPass: false);
        }

        GroupAnswered Report(string? problem, bool mayPass) => new(group.Id, group.Job, problem, mayPass);
    }
}
